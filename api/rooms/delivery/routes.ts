import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { linkCode, listLinks, unlinkById } from '../identity/index.ts'
import { exampleText, kindLabel, levelText, stopText } from './messages.ts'
import {
  InboxPage,
  InboxQuery,
  LEVEL_KINDS,
  LinkCodeView,
  LinkList,
  NewSubscription,
  Preferences,
  PreferencesInput,
  StopAnswer,
  SubscriptionList,
  TOPIC_KINDS,
} from './schema.ts'
import { listInbox, markRead, unreadCount } from './service/inbox.ts'
import { getPreferences, setPreferences } from './service/preferences.ts'
import { listSubscriptions, stopOwn, subscribe, unsubscribe } from './service/subscriptions.ts'

const tags = ['delivery']
const OWN = ['http.unauthenticated', 'http.forbidden'] as const
const Id = z.object({ id: z.uuid() })

const inbox = createRoute({
  method: 'get',
  path: '/inbox',
  operationId: 'listInbox',
  tags,
  summary: 'The own messages, newest first, each with the reason why it came',
  request: { query: InboxQuery },
  responses: {
    200: json(InboxPage, 'A page of messages and how many are unread'),
    ...problems(...OWN, 'http.invalid_input'),
  },
})

const unread = createRoute({
  method: 'get',
  path: '/inbox/unread',
  operationId: 'countUnreadInbox',
  tags,
  summary: 'How many own messages are unread and still hold',
  responses: {
    200: json(z.object({ unread: z.number().int() }), 'The count'),
    ...problems(...OWN),
  },
})

const readOne = createRoute({
  method: 'post',
  path: '/inbox/{id}/read',
  operationId: 'markInboxItemRead',
  tags,
  summary: 'Mark one message as read; again changes nothing',
  request: { params: Id },
  responses: {
    204: { description: 'Read' },
    ...problems(...OWN, 'http.invalid_input'),
  },
})

const readAll = createRoute({
  method: 'post',
  path: '/inbox/read',
  operationId: 'markInboxRead',
  tags,
  summary: 'Mark all messages as read',
  responses: { 204: { description: 'Read' }, ...problems(...OWN) },
})

const subscriptions = createRoute({
  method: 'get',
  path: '/subscriptions',
  operationId: 'listSubscriptions',
  tags,
  summary: 'What the person subscribes to, what there is, and when and where they want it',
  responses: { 200: json(SubscriptionList, 'Topics and preferences'), ...problems(...OWN) },
})

const addSubscription = createRoute({
  method: 'post',
  path: '/subscriptions',
  operationId: 'subscribe',
  tags,
  summary: 'Subscribe to a kind of message for a hamlet, a unit or the whole city',
  request: { body: jsonBody(NewSubscription) },
  responses: {
    200: json(SubscriptionList, 'Topics and preferences'),
    ...problems(
      ...OWN,
      'http.invalid_input',
      'identity.consent_missing',
      'identity.consent_stale',
      'delivery.too_many_topics',
    ),
  },
})

const removeSubscription = createRoute({
  method: 'delete',
  path: '/subscriptions/{id}',
  operationId: 'unsubscribe',
  tags,
  summary: 'End one topic, its urgent messages too',
  request: { params: Id },
  responses: {
    204: { description: 'Ended' },
    ...problems(...OWN, 'http.not_found', 'http.invalid_input'),
  },
})

const stop = createRoute({
  method: 'post',
  path: '/subscriptions/stop',
  operationId: 'stopSubscriptions',
  tags,
  summary: 'Stop everything but urgent messages about danger to life and steps of own cases',
  responses: { 200: json(StopAnswer, 'What was stopped and what stays'), ...problems(...OWN) },
})

const savePreferences = createRoute({
  method: 'put',
  path: '/subscriptions/preferences',
  operationId: 'setDeliveryPreferences',
  tags,
  summary: 'Order of channels and quiet hours; what is left out stays as it is',
  request: { body: jsonBody(PreferencesInput) },
  responses: {
    200: json(Preferences, 'As they are now'),
    ...problems(...OWN, 'http.invalid_input'),
  },
})

const links = createRoute({
  method: 'get',
  path: '/links',
  operationId: 'listLinks',
  tags,
  summary: 'The own chats; never their addresses',
  responses: { 200: json(LinkList, 'Chats, the last changed first'), ...problems(...OWN) },
})

const makeCode = createRoute({
  method: 'post',
  path: '/links/code',
  operationId: 'createLinkCode',
  tags,
  summary: 'A code that joins one more chat: ten minutes, once; a new one ends the former',
  responses: { 201: json(LinkCodeView, 'To be typed in the other chat'), ...problems(...OWN) },
})

const removeLink = createRoute({
  method: 'delete',
  path: '/links/{id}',
  operationId: 'unlink',
  tags,
  summary: 'Take a chat away; what was sent from it stays',
  request: { params: Id },
  responses: {
    204: { description: 'Taken away' },
    ...problems(...OWN, 'http.not_found', 'http.invalid_input'),
  },
})

/** The person behind this request; officials have no inbox. */
function ownId({ actor }: Ctx): string {
  if (actor.kind === 'resident') return actor.residentId
  throw new AppError(actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
}

async function subscriptionList(ctx: Ctx, residentId: string) {
  return {
    subscriptions: await listSubscriptions(ctx, { residentId }),
    kinds: TOPIC_KINDS.map((kind) => ({
      kind,
      label: kindLabel(ctx.t, kind),
      example: exampleText(ctx.t, kind),
      levels: LEVEL_KINDS.includes(kind)
        ? [2, 3, 4].map((level) => ({ level, label: levelText(ctx.t, kind, level) }))
        : [],
    })),
    preferences: await getPreferences(ctx, { residentId }),
  }
}

/** Inbox, subscriptions, preferences and chats of the resident who is signed in. */
export function deliveryRoutes() {
  return newRouter()
    .openapi(inbox, async (c) => {
      const { ctx } = c.var
      const residentId = ownId(ctx)
      const page = await listInbox(ctx, { residentId, ...c.req.valid('query') })
      return c.json({ ...page, unread: await unreadCount(ctx, { residentId }) }, 200)
    })
    .openapi(unread, async (c) => {
      const residentId = ownId(c.var.ctx)
      return c.json({ unread: await unreadCount(c.var.ctx, { residentId }) }, 200)
    })
    .openapi(readAll, async (c) => {
      await markRead(c.var.ctx, { residentId: ownId(c.var.ctx) })
      return c.body(null, 204)
    })
    .openapi(readOne, async (c) => {
      const { id: inboxId } = c.req.valid('param')
      await markRead(c.var.ctx, { residentId: ownId(c.var.ctx), inboxId })
      return c.body(null, 204)
    })
    .openapi(subscriptions, async (c) =>
      c.json(await subscriptionList(c.var.ctx, ownId(c.var.ctx)), 200),
    )
    .openapi(addSubscription, async (c) => {
      const { ctx } = c.var
      const residentId = ownId(ctx)
      const { consentVersion: version, ...topic } = c.req.valid('json')
      const consent = version === undefined ? {} : { consent: { version, channel: 'web' } }
      await subscribe(ctx, { residentId, topic, ...consent })
      return c.json(await subscriptionList(ctx, residentId), 200)
    })
    .openapi(stop, async (c) => {
      const { ctx } = c.var
      const stopped = await stopOwn(ctx, { residentId: ownId(ctx) })
      const text = stopText(ctx.t, stopped)
      return c.json({ stopped: stopped.ended, kept: stopped.kept, text }, 200)
    })
    .openapi(savePreferences, async (c) => {
      const residentId = ownId(c.var.ctx)
      return c.json(await setPreferences(c.var.ctx, { residentId, ...c.req.valid('json') }), 200)
    })
    .openapi(removeSubscription, async (c) => {
      const { ctx } = c.var
      const residentId = ownId(ctx)
      const own = await listSubscriptions(ctx, { residentId })
      const topic = own.find(({ id }) => id === c.req.valid('param').id)
      if (topic === undefined) throw new AppError('http.not_found')
      await unsubscribe(ctx, { residentId, topic })
      return c.body(null, 204)
    })
    .openapi(links, async (c) =>
      c.json({ links: await listLinks(c.var.ctx, { residentId: ownId(c.var.ctx) }) }, 200),
    )
    .openapi(makeCode, async (c) =>
      c.json(await linkCode(c.var.ctx, { residentId: ownId(c.var.ctx) }), 201),
    )
    .openapi(removeLink, async (c) => {
      const { id: linkId } = c.req.valid('param')
      await unlinkById(c.var.ctx, { residentId: ownId(c.var.ctx), linkId })
      return c.body(null, 204)
    })
}

export type DeliveryClient = ReturnType<typeof deliveryRoutes>
