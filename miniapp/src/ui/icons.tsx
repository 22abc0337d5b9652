import { ICON_PATHS } from './icon-paths.data.ts'

export type IconName = keyof typeof ICON_PATHS

/** A drawing beside words, hidden from screen readers: the words say it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  )
}

/** The drawing of an incident category; a category newer than this page gets three dots. */
export function CategoryIcon({ category }: { category: string }) {
  return <Icon name={category in ICON_PATHS ? (category as IconName) : 'other'} />
}
