import type { CreateIncident, OfficialMove } from '../../rooms/incidents/index.ts'
import type { Scene } from './pictures.ts'

type MoveOf<Kind extends OfficialMove['kind']> = Extract<OfficialMove, { kind: Kind }>

/** What an answer stands on: a drawn picture, a paper, or why there is neither. */
export type Proof =
  | { scene: Scene }
  | { document: { number: string; reference: string } }
  | { noProofReason: string }

export type OfficialStep =
  | { by: 'dispatcher'; move: MoveOf<'accept' | 'refuse' | 'ask_info'> }
  | { by: 'dispatcher'; move: { kind: 'accept_and_assign'; agency: string } }
  | { by: 'dispatcher'; move: { kind: 'mark_duplicate'; original: string } }
  | { by: 'dispatcher'; move: { kind: 'note'; text: string } }
  | { by: 'officer'; move: MoveOf<'start' | 'request_extension'> }
  | { by: 'officer'; move: { kind: 'answer'; text: string; proof: Proof } }
  | { by: 'approver'; move: MoveOf<'grant_extension'> }

export type ReporterStep = {
  by: 'reporter'
  move:
    | { kind: 'rate'; rating: number; comment: string }
    | { kind: 'reopen'; note: string }
    | { kind: 'add'; text: string }
}

/** One step of a case's story: who did it, how many hours after the report. */
export type Step = { afterHours: number } & (OfficialStep | ReporterStep)

export type DemoCase = {
  /** Name inside the demo, for duplicates. */
  id: string
  category: CreateIncident['category']
  urgency: 'normal' | 'urgent'
  description: string
  hamlet: string
  /** Beside the hamlet's middle, so that points do not lie on each other. */
  nudge: [lng: number, lat: number]
  hoursAgo: number
  scene?: Scene
  steps: readonly Step[]
}
