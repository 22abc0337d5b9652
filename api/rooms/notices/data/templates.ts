import type { NoticeKind } from '../schema.ts'

/** Words to begin with; they stand in the locale files `notices.json` and hold marks that the form fills. */
export const TEMPLATES: readonly { id: string; kind: NoticeKind }[] = [
  { id: 'water_cut', kind: 'utilities' },
  { id: 'power_cut', kind: 'utilities' },
  { id: 'vaccination', kind: 'health' },
  { id: 'class', kind: 'guides' },
  { id: 'meeting', kind: 'notices' },
  { id: 'closed', kind: 'notices' },
]
