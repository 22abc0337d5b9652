import type { TopicKind } from '../../delivery/index.ts'
import type { AlertKind, MessageType } from '../schema.ts'

/** By which subscription a kind reaches people. */
export const TOPIC_OF: Record<AlertKind, TopicKind> = {
  flood: 'flood',
  reservoir: 'flood',
  storm: 'storm',
  landslide: 'storm',
  air: 'air',
  health: 'health',
}

/** CAP 1.2 `category`. */
export const CAP_CATEGORIES: Record<AlertKind, readonly string[]> = {
  flood: ['Met', 'Geo'],
  reservoir: ['Infra', 'Safety'],
  storm: ['Met'],
  landslide: ['Geo'],
  air: ['Env', 'Health'],
  health: ['Health'],
}

/** CAP 1.2 `severity` and `urgency` of levels 1 to 4 (alarm stages 1 to 3, and above). */
export const CAP_SEVERITY = ['Minor', 'Moderate', 'Severe', 'Extreme'] as const
export const CAP_URGENCY = ['Future', 'Expected', 'Immediate', 'Immediate'] as const
export const CAP_RESPONSE = [
  ['Monitor'],
  ['Prepare'],
  ['Prepare', 'Avoid'],
  ['Avoid', 'Shelter'],
] as const

/** CAP 1.2 `msgType`; what ends a warning also says AllClear. */
export const CAP_TYPE: Record<MessageType, string> = {
  alert: 'Alert',
  update: 'Update',
  all_clear: 'Cancel',
  cancel: 'Cancel',
}

/** Reaches everybody who asked for anything there, in the quiet hours too: danger to life. */
export const isLifeSafety = (kind: AlertKind, level: number): boolean =>
  level >= 3 && kind !== 'air' && kind !== 'health'

export const isEnd = (type: MessageType): boolean => type === 'all_clear' || type === 'cancel'
