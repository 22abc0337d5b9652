import type { Lane } from '../../../db/outbox.ts'
import { type Kind, STEP_KINDS, type Why } from '../schema.ts'

export const isOwnStep = (kind: Kind): boolean => (STEP_KINDS as readonly string[]).includes(kind)

export const whyOf = (kind: Kind): Why =>
  isOwnStep(kind) ? { by: 'own_case', kind } : { by: 'subscription', kind }

/**
 * The lane a message really takes. Danger to life is always an alert. What waits for the morning is a notice: messages
 * of one chat and lane go in order, and a waiting one must hold up neither replies nor alerts.
 */
export function laneOf(lane: Lane, isLifeSafety: boolean, isDeferred: boolean): Lane {
  if (isLifeSafety) return 'alert'
  return isDeferred ? 'notice' : lane
}

/** `inbox:<id>` of the first way that was tried, with `#2` for the second; both are one logical message. */
export const outboxKey = (inboxId: string, isSecond = false): string =>
  `inbox:${inboxId}${isSecond ? '#2' : ''}`

const OUTBOX_KEY = /^inbox:([0-9a-f-]{36})(#2)?$/

/** The inbox item that an outbox row carries; undefined when it carries none (an answer in a chat). */
export function parseOutboxKey(key: string): { inboxId: string; isSecond: boolean } | undefined {
  const [, inboxId, second] = OUTBOX_KEY.exec(key) ?? []
  return inboxId === undefined ? undefined : { inboxId, isSecond: second !== undefined }
}
