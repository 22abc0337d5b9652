import type { Generated } from 'kysely'
import type { NullableTimestamp, Timestamp } from './columns.ts'

export type GuideTables = {
  /** What people reported and what officials decided of it. Neither words of a message nor who sent it is kept. */
  scamSubject: {
    id: string
    kind: 'domain' | 'phone' | 'account' | 'pattern'
    /** Host name, digits, or the code of a known fraud. */
    subject: string
    state: 'reported' | 'known_scam' | 'official' | 'dropped'
    times: Generated<number>
    firstOn: string
    lastOn: string
    decidedAt: NullableTimestamp
    /** An official asked for a notice to residents. */
    noticeWantedAt: NullableTimestamp
    version: Generated<number>
    createdAt: Timestamp
  }
}
