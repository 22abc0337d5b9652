import type { Ctx } from '../../../context.ts'
import { requireSelf } from '../../identity/index.ts'
import type { InboxItemView, Preferences, SubscriptionView } from '../schema.ts'
import { listInbox } from './inbox.ts'
import { getPreferences } from './preferences.ts'
import { listSubscriptions } from './subscriptions.ts'

export type DeliveryExport = {
  subscriptions: SubscriptionView[]
  preferences: Preferences
  inbox: InboxItemView[]
}

/** What this room keeps about a resident, for them. */
export async function exportDelivery(ctx: Ctx, residentId: string): Promise<DeliveryExport> {
  requireSelf(ctx, residentId)
  const inbox: InboxItemView[] = []
  let cursor: string | undefined
  do {
    const page = await listInbox(ctx, { residentId, limit: 100, cursor })
    inbox.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  const subscriptions = await listSubscriptions(ctx, { residentId })
  return { subscriptions, preferences: await getPreferences(ctx, { residentId }), inbox }
}
