import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import type { Actor } from '../../api/context.ts'
import {
  acceptDelegation,
  delegateDossier,
  endDelegation,
  findProcedures,
  followDossier,
  listFollowed,
  STARTER_PROCEDURES,
  saveProcedures,
  unfollowDossier,
} from '../../api/rooms/dossiers/index.ts'
import { residentForChat } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testDeps } from '../harness-app.ts'
import { CODE, csv, csvRow, NOBODY, official, openMirror } from './dossiers-kit.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
let mirror: Awaited<ReturnType<typeof openMirror>>
beforeEach(async () => {
  await database.truncate()
  mirror = await openMirror(database.db)
  await mirror.load(csv(csvRow({ state: '5', missingPapers: 'Giấy chứng sinh' })))
})

const person = async (chatKey: string) => {
  const { id } = await residentForChat(mirror.system, {
    channel: 'telegram',
    chatKey,
    language: 'vi',
  })
  const actor: Actor = { kind: 'resident', residentId: id }
  return { residentId: id, ctx: mirror.as(actor) }
}
const agreed = { version: 1, channel: 'miniapp' }
const looker = { remote: 'r' }

describe('a relative', () => {
  const owner = async () => {
    const one = await person('owner')
    const { residentId } = one
    await followDossier(one.ctx, { residentId, code: CODE, digits: '0678', agreed }, looker)
    return one
  }

  it('is let in by the owner, once, and out again when the owner stops', async () => {
    const { ctx, residentId } = await owner()
    const { code: delegation } = await delegateDossier(ctx, { residentId, code: CODE })
    expect(
      JSON.stringify(await database.db.selectFrom('dossierDelegation').selectAll().execute()),
    ).not.toContain(delegation.replace('-', ''))
    const relative = await person('relative')
    const [followed] = await acceptDelegation(
      relative.ctx,
      { residentId: relative.residentId, delegation: delegation.toLowerCase(), agreed },
      looker,
    )
    expect(followed).toMatchObject({
      isDelegated: true,
      mayDelegate: false,
      dossier: { details: { missingPapers: ['Giấy chứng sinh'] } },
    })
    const third = await person('third')
    await expect(
      acceptDelegation(third.ctx, { residentId: third.residentId, delegation, agreed }, looker),
    ).rejects.toMatchObject({ code: 'dossiers.delegation_unknown' })
    await unfollowDossier(ctx, { residentId, code: CODE })
    expect(await listFollowed(relative.ctx, { residentId: relative.residentId })).toEqual([])
  })

  it('cannot be let in by who did not prove the dossier, nor by a relative, nor after a day', async () => {
    const stranger = await person('stranger')
    const { residentId } = stranger
    await followDossier(stranger.ctx, { residentId, code: CODE, agreed }, looker)
    await expect(delegateDossier(stranger.ctx, { residentId, code: CODE })).rejects.toMatchObject({
      code: 'dossiers.not_found',
    })
    const one = await owner()
    const { code: delegation } = await delegateDossier(one.ctx, {
      residentId: one.residentId,
      code: CODE,
    })
    mirror.clock.advance(24 * 3600 + 1)
    await expect(
      acceptDelegation(stranger.ctx, { residentId, delegation, agreed }, looker),
    ).rejects.toMatchObject({ code: 'dossiers.delegation_unknown' })
  })

  it('guesses five times, then waits', async () => {
    const { ctx, residentId } = await person('guesser')
    for (let i = 0; i < 5; i++)
      await expect(
        acceptDelegation(ctx, { residentId, delegation: `AAAA-AAA${i + 2}`, agreed }, looker),
      ).rejects.toMatchObject({ code: 'dossiers.delegation_unknown' })
    await expect(
      acceptDelegation(ctx, { residentId, delegation: 'AAAA-AAAA', agreed }, looker),
    ).rejects.toMatchObject({ code: 'dossiers.too_many_tries' })
  })

  const actions = async () =>
    (
      await database.db
        .selectFrom('audit')
        .select(['action', 'data'])
        .where('action', 'like', 'dossiers.delegation%')
        .orderBy('id')
        .execute()
    ).map(({ action, data }) => ({ action, data }))

  it('is seen by the owner, who is told and ends one alone; twice is once, and each step is audited', async () => {
    const { ctx, residentId } = await owner()
    const make = async () => (await delegateDossier(ctx, { residentId, code: CODE })).code
    const take = async (who: Awaited<ReturnType<typeof person>>) =>
      acceptDelegation(
        who.ctx,
        { residentId: who.residentId, delegation: await make(), agreed },
        looker,
      )
    const [son, sister] = [await person('son'), await person('sister')]
    await take(son)
    await take(sister)
    await make()
    const seen = async () => (await listFollowed(ctx, { residentId }))[0]
    const [first] = (await seen())?.relatives ?? []
    expect(await seen()).toMatchObject({
      relatives: [{ since: expect.any(String) }, { since: expect.any(String) }],
      openCodeUntil: new Date(mirror.clock.now().getTime() + 24 * 3_600_000).toISOString(),
    })
    const told = await database.db.selectFrom('inboxItem').selectAll().execute()
    expect(told.map((item) => item.residentId)).toEqual([residentId, residentId])
    expect(JSON.stringify(told[0]?.message)).toContain(`end_delegation.${CODE}`)
    const end = (which: string) => endDelegation(ctx, { residentId, code: CODE, which })
    expect(await end(first?.id ?? '')).toBe(true)
    expect(await end(first?.id ?? '')).toBe(false)
    expect(await listFollowed(son.ctx, { residentId: son.residentId })).toEqual([])
    expect(await listFollowed(sister.ctx, { residentId: sister.residentId })).toHaveLength(1)
    expect(await end('codes')).toBe(true)
    expect((await seen())?.openCodeUntil).toBeNull()
    expect(await end('all')).toBe(true)
    expect(await listFollowed(sister.ctx, { residentId: sister.residentId })).toEqual([])
    expect(await seen()).toMatchObject({ relatives: [], isDelegated: false })
    expect((await actions()).slice(3)).toEqual([
      { action: 'dossiers.delegation_ended', data: { residentId, relatives: 1, codes: 0 } },
      { action: 'dossiers.delegation_ended', data: { residentId, relatives: 0, codes: 1 } },
      { action: 'dossiers.delegation_ended', data: { residentId, relatives: 1, codes: 0 } },
    ])
  })

  it('ends what is theirs and nothing of anybody else, and a code dies with the follow of its owner', async () => {
    const one = await owner()
    const { code: delegation } = await delegateDossier(one.ctx, {
      residentId: one.residentId,
      code: CODE,
    })
    const relative = await person('relative')
    const { residentId } = relative
    await expect(
      endDelegation(relative.ctx, { residentId: one.residentId, code: CODE, which: 'all' }),
    ).rejects.toMatchObject({ code: 'http.forbidden' })
    expect(await endDelegation(relative.ctx, { residentId, code: CODE, which: 'all' })).toBe(false)
    await unfollowDossier(one.ctx, { residentId: one.residentId, code: CODE })
    await expect(
      acceptDelegation(relative.ctx, { residentId, delegation, agreed }, looker),
    ).rejects.toMatchObject({ code: 'dossiers.delegation_unknown' })
    const again = await owner()
    const next = await delegateDossier(again.ctx, { residentId: again.residentId, code: CODE })
    const newer = CODE.replace('0012', '0013')
    await mirror.load(csv(csvRow({ code: newer })))
    for (const code of [CODE, newer])
      await followDossier(relative.ctx, { residentId, code, agreed }, looker)
    const [taken] = await acceptDelegation(
      relative.ctx,
      { residentId, delegation: next.code, agreed },
      looker,
    )
    expect(taken).toMatchObject({ isDelegated: true, dossier: { code: CODE } })
    expect(await unfollowDossier(relative.ctx, { residentId, code: CODE })).toBe(true)
    expect(await listFollowed(again.ctx, { residentId: again.residentId })).toMatchObject([
      { relatives: [] },
    ])
  })
})

describe('a follow', () => {
  it('needs the consent, the own person, and rises from public to full once', async () => {
    const { ctx, residentId } = await person('a')
    const input = { residentId, code: CODE }
    await expect(followDossier(ctx, input, looker)).rejects.toMatchObject({
      code: 'identity.consent_missing',
    })
    const other = await person('b')
    await expect(followDossier(other.ctx, input, looker)).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    expect(await followDossier(ctx, { ...input, agreed }, looker)).toBe(true)
    expect(await followDossier(ctx, input, looker)).toBe(false)
    expect((await listFollowed(ctx, { residentId }))[0]?.dossier.details).toBeUndefined()
    expect(await followDossier(ctx, { ...input, digits: '1234' }, looker)).toBe(true)
    expect(await followDossier(ctx, input, looker)).toBe(false)
    expect((await listFollowed(ctx, { residentId }))[0]?.dossier.details).toBeDefined()
    await expect(followDossier(ctx, { ...input, digits: '0000' }, looker)).rejects.toMatchObject({
      code: 'dossiers.not_found',
    })
    const audits = await database.db
      .selectFrom('audit')
      .select('action')
      .where('action', '=', 'dossiers.followed')
      .execute()
    expect(audits).toHaveLength(2)
  })

  it('over HTTP is nobody’s without a session', async () => {
    const app = createApp(testDeps(database.db, mirror.clock, { ports: mirror.ports }))
    expect((await app.request('/api/v1/dossiers/followed')).status).toBe(401)
  })
})

describe('procedures', () => {
  it('are saved by who manages them, replaced by code, and found over HTTP', async () => {
    const procedures = [...STARTER_PROCEDURES]
    await expect(
      saveProcedures(mirror.as(official(['officer'])), { procedures }),
    ).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    const admin = mirror.as(official(['admin']))
    expect(await saveProcedures(admin, { procedures })).toBe(procedures.length)
    const [first] = procedures
    if (first === undefined) throw new Error('no procedure')
    await saveProcedures(admin, {
      procedures: [{ ...first, papers: ['Tờ khai'], isIllustration: false }],
    })
    const { isClear, items } = await findProcedures(mirror.as(NOBODY), {
      words: 'khai sinh cần giấy chi',
    })
    expect(isClear).toBe(true)
    expect(items[0]).toMatchObject({ code: 'MH-01', papers: ['Tờ khai'], isIllustration: false })
    await expect(
      saveProcedures(admin, { procedures: [{ ...first, sourceDate: 'hôm qua' }] }),
    ).rejects.toMatchObject({ code: 'http.invalid_input' })
    const app = createApp(testDeps(database.db, mirror.clock, { ports: mirror.ports }))
    const found = await app.request('/api/v1/procedures?q=ket+hon')
    expect(await found.json()).toMatchObject({ isClear: true, items: [{ code: 'MH-02' }] })
    const child = await app.request('/api/v1/procedures?lifeEvent=child')
    const { items: ofChild } = (await child.json()) as { items: { code: string }[] }
    const expected = procedures.filter(({ lifeEvents }) => lifeEvents?.includes('child'))
    expect(ofChild.map(({ code }) => code).toSorted()).toEqual(
      expected.map(({ code }) => code).toSorted(),
    )
    expect((await app.request('/api/v1/procedures/X-1')).status).toBe(404)
  })
})
