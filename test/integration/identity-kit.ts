import type { Actor, Ctx, Db } from '../../api/context.ts'
import { actorForSecret, type NewOfficial, signIn } from '../../api/rooms/identity/index.ts'
import { testClock, testCtx, testPorts } from '../harness.ts'

export const PASSWORD = 'lúa chín ngoài đồng'
export const HERE = { remoteKey: 'address-1', label: 'Chrome · Android' }

export const newOfficial = (overrides: Partial<NewOfficial> = {}): NewOfficial => ({
  login: 'hoai.an',
  displayName: 'Lê Hoài An',
  password: PASSWORD,
  roles: ['dispatcher'],
  capabilities: [],
  unitCode: '19867',
  agencyCode: null,
  ...overrides,
})

/** Officials over one database, who sign in; clock and ports are shared by every ctx. */
export function openStaff(db: Db) {
  const clock = testClock()
  const ports = testPorts()
  const as = (actor?: Actor): Ctx =>
    testCtx(db, { clock, ports, ...(actor === undefined ? {} : { actor }) })
  const nobody = () => as({ kind: 'anonymous' })
  const enter = async (login = 'hoai.an', password = PASSWORD, from = HERE) => {
    const result = await signIn(nobody(), { login, password }, from)
    if (result.next !== 'none') throw new Error(`a step is missing: ${result.next}`)
    return result
  }
  /** Signs in and gives the ctx that a request with the new cookie would have. */
  const entered = async (label = HERE.label): Promise<{ ctx: Ctx; secret: string }> => {
    const { secret } = await enter('hoai.an', PASSWORD, { ...HERE, label })
    const actor = await actorForSecret(nobody(), secret, 'cookie')
    if (actor === null) throw new Error('no actor')
    return { ctx: as(actor), secret }
  }
  const sessions = () => db.selectFrom('session').selectAll().execute()
  const audited = async () => {
    const rows = await db.selectFrom('audit').selectAll().orderBy('seq').execute()
    return rows.map((row) => row.action)
  }
  return { clock, ports, as, nobody, enter, entered, sessions, audited }
}
