import type { CapAlert } from './alert.ts'

/** How one message stands among all that are known of its sender. */
export type CapStanding = 'current' | 'replaced' | 'cancelled' | 'expired' | 'no_warning'

const keyOf = ({ sender, identifier }: { sender: string; identifier: string }): string =>
  `${sender},${identifier}`

/**
 * Follows updates and cancellations. A message counts against another only when it is of the same sender, sent later, and
 * names it (CAP 1.2 §3.2.1, `references`); it reaches back over the whole chain, because an update may name only the
 * one before. Answers each message's standing, in the order given. Pure; linear in messages and references.
 */
export function standingsOf(alerts: readonly CapAlert[], now: Date): CapStanding[] {
  const ended = endedBy(alerts)
  return alerts.map((alert) => {
    const end = ended.get(keyOf(alert))
    if (end === 'Cancel') return 'cancelled'
    if (end === 'Update') return 'replaced'
    if (alert.messageType !== 'Alert' && alert.messageType !== 'Update') return 'no_warning'
    return isExpired(alert, now) ? 'expired' : 'current'
  })
}

function endedBy(alerts: readonly CapAlert[]): Map<string, 'Update' | 'Cancel'> {
  const byKey = new Map(alerts.map((alert) => [keyOf(alert), alert]))
  const ended = new Map<string, 'Update' | 'Cancel'>()
  const newestFirst = alerts.toSorted((a, b) => b.sentAt.getTime() - a.sentAt.getTime())
  for (const alert of newestFirst) {
    const { messageType: by } = alert
    if (by !== 'Update' && by !== 'Cancel') continue
    // A cancelled update has still replaced what it named, and takes it along.
    const own = ended.get(keyOf(alert)) === 'Cancel' ? 'Cancel' : by
    for (const reference of alert.references) {
      const key = keyOf(reference)
      const earlier = byKey.get(key)
      const isOwn = reference.sender === alert.sender
      if (!isOwn || earlier === undefined || earlier.sentAt >= alert.sentAt) continue
      if (own === 'Cancel' || !ended.has(key)) ended.set(key, own)
    }
  }
  return ended
}

/** Over once every block that says when is over; a block that does not say holds for a day (ours). */
function isExpired({ infos, sentAt }: CapAlert, now: Date): boolean {
  if (infos.length === 0) return true
  const ends = infos.map(({ expiresAt }) => expiresAt?.getTime() ?? sentAt.getTime() + 86_400_000)
  return Math.max(...ends) <= now.getTime()
}
