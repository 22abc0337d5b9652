import { platform } from '../platform/index.ts'
import { readText, writeText } from './storage.ts'

export const TEXT_SIZES = ['normal', 'large', 'largest'] as const
export type TextSize = (typeof TEXT_SIZES)[number]
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const TEXT_KEY = 'loa.text'
const THEME_KEY = 'loa.theme'

export const textSize = (): TextSize =>
  TEXT_SIZES.find((size) => size === readText(TEXT_KEY)) ?? 'normal'

/** The reader's choice; the host's theme where the reader made none. */
export const theme = (): Theme =>
  THEMES.find((name) => name === readText(THEME_KEY)) ?? platform().theme()

/** Puts letter size and theme on the document; call it before the first render. */
export function applyLook(): void {
  const { dataset, style } = document.documentElement
  dataset.text = textSize()
  if (theme() === 'system') delete dataset.theme
  else dataset.theme = theme()
  const insets = platform().insets()
  if (insets.top > 0) style.setProperty('--inset-top', `${insets.top}px`)
  if (insets.bottom > 0) style.setProperty('--inset-bottom', `${insets.bottom}px`)
}

export function setTextSize(size: TextSize): void {
  writeText(TEXT_KEY, size)
  applyLook()
}

export function setTheme(next: Theme): void {
  writeText(THEME_KEY, next)
  applyLook()
}
