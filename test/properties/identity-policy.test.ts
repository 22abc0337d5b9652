import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import {
  ACTIONS,
  type Action,
  can,
  type OfficialActor,
  type Resource,
  reachOf,
  requireCan,
  requireOfficial,
  requireSelf,
} from '../../api/rooms/identity/policy.ts'
import { CAPABILITIES, ROLES } from '../../api/rooms/identity/schema.ts'

const SEED = 20261123
const check = (property: fc.IProperty<never> | fc.IRawProperty<never>) =>
  fc.assert(property as fc.IProperty<unknown>, { seed: SEED, numRuns: 2_000 })

/** Few values, so that equal and different ones both come up often. */
const unit = fc.constantFrom('19867', '19804', null)
const agency = fc.constantFrom('phong-kinh-te', 'dien-luc', null)
const person = fc.constantFrom('an', 'khoi', null)
const action = fc.constantFrom(...ACTIONS)
const official: fc.Arbitrary<OfficialActor> = fc.record({
  kind: fc.constant('official' as const),
  officialId: fc.constantFrom('an', 'khoi'),
  roles: fc.subarray([...ROLES]),
  capabilities: fc.subarray([...CAPABILITIES]),
  unitCode: unit,
  agencyCode: agency,
})
const incident: fc.Arbitrary<Resource> = fc.record({
  unitCode: unit,
  agencyCode: agency,
  assigneeId: person,
})
const maybe = fc.option(incident, { nil: undefined })

const OFFICIAL_ACTIONS = ACTIONS.filter((one) => one !== 'sessions.own')
/** Writing a report down for somebody is taking it in, not handling it. */
const HANDLING = ACTIONS.filter(
  (one) => one.startsWith('incidents.') && one !== 'incidents.create_for',
)
const errorOf = (fn: () => unknown) => {
  try {
    fn()
  } catch (error) {
    return error instanceof Error ? error.message : 'not an error'
  }
  return undefined
}

describe('permissions', () => {
  it('a further role or capability never takes a right away', () => {
    check(
      fc.property(
        official,
        fc.constantFrom(...ROLES),
        fc.constantFrom(...CAPABILITIES),
        action,
        maybe,
        (actor, role, capability, what, resource) => {
          const more: OfficialActor = {
            ...actor,
            roles: [...actor.roles, role],
            capabilities: [...actor.capabilities, capability],
          }
          if (can(actor, what, resource)) expect(can(more, what, resource)).toBe(true)
        },
      ) as never,
    )
  })

  it('rights do not depend on the order in which roles are listed', () => {
    check(
      fc.property(official, action, maybe, (actor, what, resource) => {
        const turned = {
          ...actor,
          roles: actor.roles.toReversed(),
          capabilities: actor.capabilities.toReversed(),
        }
        expect(can(turned, what, resource)).toBe(can(actor, what, resource))
      }) as never,
    )
  })

  it('capabilities without a role let nobody handle a case', () => {
    check(
      fc.property(official, fc.constantFrom(...HANDLING), maybe, (actor, what, resource) => {
        expect(can({ ...actor, roles: [] }, what, resource)).toBe(false)
      }) as never,
    )
  })

  it('an admin by that alone reads no case and no person', () => {
    const content: Action[] = [...HANDLING, 'identity.view_reporter']
    check(
      fc.property(official, fc.constantFrom(...content), maybe, (actor, what, resource) => {
        const admin = { ...actor, roles: ['admin'] as const, capabilities: [] }
        expect(can(admin, what, resource)).toBe(false)
      }) as never,
    )
  })

  it('only an identity viewer sees who reported, whatever else they are', () => {
    check(
      fc.property(official, maybe, (actor, resource) => {
        const capabilities = actor.capabilities.filter((one) => one !== 'identity_viewer')
        expect(can({ ...actor, capabilities }, 'identity.view_reporter', resource)).toBe(false)
      }) as never,
    )
    expect(can({ kind: 'system', name: 'job' }, 'identity.view_reporter')).toBe(false)
  })

  it('nobody and residents do no official action', () => {
    const actors: Actor[] = [{ kind: 'anonymous' }, { kind: 'resident', residentId: 'r1' }]
    check(
      fc.property(
        fc.constantFrom(...actors),
        fc.constantFrom(...OFFICIAL_ACTIONS),
        maybe,
        (actor, what, resource) => {
          expect(can(actor, what, resource)).toBe(false)
          expect(reachOf(actor, what)).toEqual({ isEverything: false })
        },
      ) as never,
    )
  })

  it('a right on one case implies the right in general, and lists show exactly those cases', () => {
    check(
      fc.property(
        official,
        fc.constantFrom(...OFFICIAL_ACTIONS),
        incident,
        (actor, what, resource) => {
          const reach = reachOf(actor, what)
          const isListed =
            reach.isEverything ||
            (reach.unitCode !== undefined && reach.unitCode === resource.unitCode) ||
            (reach.agencyCode !== undefined && reach.agencyCode === resource.agencyCode) ||
            (reach.assigneeId !== undefined && reach.assigneeId === resource.assigneeId)
          expect(can(actor, what, resource)).toBe(isListed)
          if (isListed) expect(can(actor, what)).toBe(true)
        },
      ) as never,
    )
  })
})

describe('scope', () => {
  const bare = { kind: 'official', officialId: 'an', capabilities: [] } as const
  const dispatcher: OfficialActor = {
    ...bare,
    roles: ['dispatcher'],
    unitCode: '19867',
    agencyCode: null,
  }
  const officer: OfficialActor = {
    ...bare,
    roles: ['officer'],
    unitCode: '19867',
    agencyCode: 'phong-kinh-te',
  }

  it('an officer works on cases of the own agency and on those given to them, on no other', () => {
    const theirs = { unitCode: '19867', agencyCode: 'phong-kinh-te', assigneeId: null }
    expect(can(officer, 'incidents.work', theirs)).toBe(true)
    expect(can(officer, 'incidents.work', { ...theirs, agencyCode: 'dien-luc' })).toBe(false)
    expect(can(officer, 'incidents.work', { ...theirs, agencyCode: null })).toBe(false)
    expect(
      can(officer, 'incidents.work', { ...theirs, agencyCode: 'dien-luc', assigneeId: 'an' }),
    ).toBe(true)
    expect(can(officer, 'incidents.accept', theirs)).toBe(false)
    expect(can(officer, 'incidents.approve_answer', theirs)).toBe(false)
  })

  it('two nulls are never a match', () => {
    const nowhere = { unitCode: null, agencyCode: null, assigneeId: null }
    expect(can({ ...officer, agencyCode: null }, 'incidents.work', nowhere)).toBe(false)
    expect(can(dispatcher, 'incidents.accept', nowhere)).toBe(false)
    expect(can(officer, 'incidents.work', {})).toBe(false)
  })

  it('a dispatcher stays in the own unit; the city desk reaches all, also a case without a unit', () => {
    const here = { unitCode: '19867', agencyCode: null, assigneeId: null }
    const elsewhere = { ...here, unitCode: '19804' }
    expect(can(dispatcher, 'incidents.accept', here)).toBe(true)
    expect(can(dispatcher, 'incidents.accept', elsewhere)).toBe(false)
    const cityDesk = { ...dispatcher, unitCode: null }
    expect(can(cityDesk, 'incidents.accept', elsewhere)).toBe(true)
    expect(can(cityDesk, 'incidents.accept', { ...here, unitCode: null })).toBe(true)
  })

  it('an official of a city-wide agency does not become the city desk', () => {
    const agencyHead: OfficialActor = {
      ...bare,
      roles: ['approver'],
      unitCode: null,
      agencyCode: 'dien-luc',
    }
    const own = { unitCode: '19804', agencyCode: 'dien-luc', assigneeId: null }
    expect(can(agencyHead, 'incidents.approve_answer', own)).toBe(true)
    expect(
      can(agencyHead, 'incidents.approve_answer', { ...own, agencyCode: 'phong-kinh-te' }),
    ).toBe(false)
  })

  it('an identity viewer sees reporters of the own unit only', () => {
    const viewer: OfficialActor = { ...officer, capabilities: ['identity_viewer'] }
    expect(can(viewer, 'identity.view_reporter', { unitCode: '19867' })).toBe(true)
    expect(can(viewer, 'identity.view_reporter', { unitCode: '19804' })).toBe(false)
  })
})

describe('guards', () => {
  const nobody = { actor: { kind: 'anonymous' } } as const
  const resident = { actor: { kind: 'resident', residentId: 'r1' } } as const

  it('tell nobody to sign in and the wrong person that they may not', () => {
    expect(errorOf(() => requireCan(nobody, 'incidents.accept'))).toBe('http.unauthenticated')
    expect(errorOf(() => requireCan(resident, 'incidents.accept'))).toBe('http.forbidden')
    expect(errorOf(() => requireOfficial(nobody))).toBe('http.unauthenticated')
    expect(errorOf(() => requireOfficial(resident))).toBe('http.forbidden')
  })

  it('let a resident and the system act on a resident, and nobody else', () => {
    expect(errorOf(() => requireSelf(resident, 'r1'))).toBeUndefined()
    expect(errorOf(() => requireSelf({ actor: { kind: 'system', name: 'x' } }, 'r1'))).toBe(
      undefined,
    )
    expect(errorOf(() => requireSelf(resident, 'r2'))).toBe('http.forbidden')
    expect(errorOf(() => requireSelf(nobody, 'r1'))).toBe('http.unauthenticated')
    check(
      fc.property(official, (actor) => {
        expect(errorOf(() => requireSelf({ actor }, actor.officialId))).toBe('http.forbidden')
      }) as never,
    )
  })
})
