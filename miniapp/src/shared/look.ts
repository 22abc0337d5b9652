import { platform } from '../platform/index.ts'
import { readText, writeText } from './storage.ts'

export const TEXT_SIZES = ['normal', 'large', 'largest'] as const
export type TextSize = (typeof TEXT_SIZES)[number]
/** `contrast`: black on white, thick lines; the device's own wish for contrast works beside it. */
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof THEMES)[number]

const TEXT_KEY = 'loa.text'
const THEME_KEY = 'loa.theme'
const SIMPLE_KEY = 'loa.simple'

export const textSize = (): TextSize =>
  TEXT_SIZES.find((size) => size === readText(TEXT_KEY)) ?? 'normal'

/** The reader's choice; the host's theme where the reader made none. */
export const theme = (): Theme =>
  THEMES.find((name) => name === readText(THEME_KEY)) ?? platform().theme()

/** The simple look: large letters, one thing a row, few words. */
export const isSimple = (): boolean => readText(SIMPLE_KEY) === 'yes'

/** Puts letter size and theme on the document; call it before the first render. */
export function applyLook(): void {
  const { dataset, style } = document.documentElement
  dataset.text = textSize()
  if (isSimple()) dataset.simple = 'yes'
  else delete dataset.simple
  if (theme() === 'system') delete dataset.theme
  else dataset.theme = theme()
  const insets = platform().insets()
  if (insets.top > 0) style.setProperty('--inset-top', `${insets.top}px`)
  if (insets.bottom > 0) style.setProperty('--inset-bottom', `${insets.bottom}px`)
}

export function setSimple(isOn: boolean): void {
  writeText(SIMPLE_KEY, isOn ? 'yes' : 'no')
  writeText(TEXT_KEY, isOn ? 'largest' : 'normal')
  applyLook()
}

export function setTextSize(size: TextSize): void {
  writeText(TEXT_KEY, size)
  applyLook()
}

export function setTheme(next: Theme): void {
  writeText(THEME_KEY, next)
  applyLook()
}
