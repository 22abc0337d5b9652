import { useEffect, useRef } from 'preact/hooks'
import { readText, writeText } from '../../shared/storage.ts'
import { goTo } from '../desk-location.ts'

/** One key each; the page of shortcuts tells them in this order. */
export const SHORTCUTS = [
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'open'],
  ['x', 'select'],
  ['f', 'forward'],
  ['a', 'accept'],
  ['s', 'start'],
  ['e', 'seen'],
  ['u', 'undo'],
  ['1', 'inbox'],
  ['2', 'open_list'],
  ['3', 'all_list'],
  ['?', 'keys'],
] as const
export type ShortcutName = (typeof SHORTCUTS)[number][1]

const STORE = 'loa.desk.keys'
/** Somebody who speaks to the computer turns single keys off (WCAG 2.1.4). */
export const areKeysOn = (): boolean => readText(STORE) !== 'off'
export const setKeysOn = (isOn: boolean): boolean => writeText(STORE, isOn ? 'on' : 'off')

const rowLinks = () => [...document.querySelectorAll<HTMLElement>('[data-row]')]
export const focusedRow = (): string | undefined =>
  rowLinks().find((link) => link.matches(':focus'))?.dataset.row

export function focusRow(id: string): void {
  rowLinks()
    .find((link) => link.dataset.row === id)
    ?.focus()
}

function step(by: 1 | -1): void {
  const links = rowLinks()
  const at = links.findIndex((link) => link.matches(':focus'))
  const next = at < 0 ? 0 : at + by
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus()
}

const MOVES: Partial<Record<ShortcutName, () => void>> = {
  next: () => step(1),
  previous: () => step(-1),
  inbox: () => goTo('/'),
  open_list: () => goTo('/open'),
  all_list: () => goTo('/all'),
}

/** Single keys on a list, while nobody types and no sheet is open. Enter opens the row in focus, as on any link. */
export function useKeys(acts: Partial<Record<ShortcutName, () => void>>): void {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !areKeysOn()) return
      if (
        event.target instanceof Element &&
        event.target.closest('input:not([type="checkbox"]), textarea, select, dialog')
      )
        return
      const name = SHORTCUTS.find(([key]) => key === event.key)?.[1]
      const act = name === undefined ? undefined : (latest.current[name] ?? MOVES[name])
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
