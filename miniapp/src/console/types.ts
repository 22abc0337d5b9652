import type { Inbox } from '../../../api/rooms/console/schema.ts'

export type {
  CasePage as CaseView,
  CaseStep,
  Counts,
  Inbox,
  InboxAlert,
  InboxCall,
  InboxChat,
  InboxItem as Row,
  Scope,
  WorkItem,
  WorkList,
} from '../../../api/rooms/console/schema.ts'
export type { Official, SessionView } from '../../../api/rooms/identity/schema.ts'
export type { OfficialMove } from '../../../api/rooms/incidents/schema.ts'

/** The three lists of the first page. */
export type View = 'inbox' | 'open' | 'all'
export type RowPage = Omit<Inbox, 'sources'> & { sources?: Inbox['sources'] }

/** `changed` of a 409 `incidents.stale`: what happened since the version that the page had. */
export type StaleChange = {
  version: number
  state: string
  steps: readonly { move: string; state: string | null; at: string; by: string }[]
}
