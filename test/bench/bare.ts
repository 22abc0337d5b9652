import { Hono } from 'hono'
import { say } from '../../api/chat/message.ts'
import type { Db } from '../../api/context.ts'
import { newPublicCode, type Random } from '../../api/core/ids.ts'

type Tools = { db: Db; newId: () => string; random: Random }

/** What the product is measured against: a Hono handler that only writes the same rows, no rules, no checks. */
export function bareApp({ db, newId, random }: Tools) {
  const now = () => new Date()
  return new Hono()
    .post('/incident', async (c) => {
      const body = await c.req.json<{ description: string }>()
      const id = newId()
      const publicCode = newPublicCode(random)
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto('incident')
          .values({
            id,
            publicCode,
            state: 'received',
            category: 'flood',
            urgency: 'normal',
            description: body.description,
            lng: 107.5,
            lat: 16.5,
            placeSource: 'pin',
            placeText: '',
            unitCode: '19867',
            isPrivatePlace: false,
            channel: 'web',
            secretHash: id,
            hidesIdentity: true,
            dueDate: '2026-12-03',
            createdAt: now(),
            updatedAt: now(),
          })
          .execute()
        await tx
          .insertInto('incidentActivity')
          .values({
            id: newId(),
            incidentId: id,
            at: now(),
            actorKind: 'anonymous',
            kind: 'received',
            toState: 'received',
            isPublic: true,
            data: '{}',
          })
          .execute()
        await insertAudit(tx, newId(), id, now())
        await insertEvent(tx, newId(), id, now())
      })
      return c.json({ publicCode }, 201)
    })
    .post('/turn', async (c) => {
      const body = await c.req.json<{ id: string; chatKey: string }>()
      const messages = [say('menu')]
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto('inboundEvent')
          .values({
            channel: 'web',
            eventId: body.id,
            bodyHash: body.id,
            body: JSON.stringify(body),
            state: 'processed',
            crashes: 0,
            answer: JSON.stringify(messages),
            receivedAt: now(),
          })
          .execute()
        await tx
          .insertInto('conversation')
          .values({
            id: newId(),
            channel: 'web',
            chatKey: body.chatKey,
            language: 'vi',
            turn: 1,
            createdAt: now(),
            updatedAt: now(),
          })
          .onConflict((oc) => oc.columns(['channel', 'chatKey']).doUpdateSet({ updatedAt: now() }))
          .execute()
        await tx
          .insertInto('outbox')
          .values({
            id: newId(),
            channel: 'web',
            chatKey: body.chatKey,
            lane: 'reply',
            dedupeKey: body.id,
            message: JSON.stringify(messages[0]),
            language: 'vi',
            state: 'queued',
            runAt: now(),
            createdAt: now(),
          })
          .execute()
      })
      return c.json({ messages })
    })
}

const insertAudit = (db: Db, id: string, subjectId: string, at: Date) =>
  db
    .insertInto('audit')
    .values({
      id,
      at,
      actorKind: 'anonymous',
      action: 'incidents.create',
      subjectKind: 'incident',
      subjectId,
      fields: [],
      data: '{}',
      requestId: '',
    })
    .execute()

const insertEvent = (db: Db, id: string, subjectId: string, at: Date) =>
  db
    .insertInto('domainEvent')
    .values({ id, kind: 'incident.received', subjectId, data: '{}', at })
    .execute()
