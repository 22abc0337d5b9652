import type { Actor, Capability, Ctx, Role } from '../../context.ts'
import { AppError } from '../../core/errors.ts'

/**
 * The one permission table. A room adds its actions here and grants each to the roles or capabilities that need it;
 * nothing else in the house decides by role.
 */
export const ACTIONS = [
  'incidents.read_desk',
  'incidents.create_for',
  'incidents.accept',
  'incidents.refuse',
  'incidents.assign',
  'incidents.ask_info',
  'incidents.work',
  'incidents.answer',
  'incidents.redact',
  'incidents.approve_answer',
  'dossiers.read_desk',
  'dossiers.desk',
  'dossiers.manage',
  'incidents.approve_extension',
  'identity.view_reporter',
  'identity.manage_officials',
  'identity.manage_roster',
  'areas.manage',
  'open311.manage',
  'audit.read',
  'readings.manage',
  'readings.watch',
  'conversations.hand_back',
  'conversations.answer',
  'conversations.label',
  'sos.handle',
  'alerts.draft',
  'alerts.issue',
  'floods.manage',
  'guides.edit',
  'guides.manage_scams',
  'guides.team',
  'notices.draft',
  'notices.release',
  'sessions.own',
] as const
export type Action = (typeof ACTIONS)[number]

/** How far a right reaches: cases handled by the own agency, cases in the own unit, or no case at all. */
type Scope = 'agency' | 'unit' | 'global'
type Rights = Partial<Record<Action, Scope>>

export const ROLE_RIGHTS = {
  officer: {
    'incidents.read_desk': 'agency',
    'incidents.work': 'agency',
    'incidents.ask_info': 'agency',
    'incidents.answer': 'agency',
    'incidents.redact': 'agency',
  },
  dispatcher: {
    'conversations.hand_back': 'global',
    'conversations.answer': 'global',
    'conversations.label': 'global',
    'guides.manage_scams': 'global',
    'guides.team': 'unit',
    'sos.handle': 'unit',
    'alerts.draft': 'unit',
    'floods.manage': 'unit',
    'readings.watch': 'global',
    'notices.draft': 'unit',
    'incidents.read_desk': 'unit',
    'incidents.create_for': 'unit',
    'incidents.accept': 'unit',
    'incidents.refuse': 'unit',
    'incidents.assign': 'unit',
    'incidents.ask_info': 'unit',
    'incidents.redact': 'unit',
    'identity.manage_roster': 'unit',
  },
  approver: {
    'guides.team': 'unit',
    'sos.handle': 'unit',
    'alerts.draft': 'unit',
    'floods.manage': 'unit',
    'alerts.issue': 'unit',
    'readings.watch': 'global',
    'notices.draft': 'unit',
    'notices.release': 'unit',
    'incidents.read_desk': 'unit',
    'incidents.approve_answer': 'unit',
    'incidents.redact': 'unit',
    'dossiers.read_desk': 'unit',
    'incidents.approve_extension': 'unit',
  },
  // Runs the installation; reads no case and no person by that.
  admin: {
    'identity.manage_officials': 'global',
    'identity.manage_roster': 'global',
    'areas.manage': 'global',
    'dossiers.manage': 'global',
    'open311.manage': 'global',
    'audit.read': 'global',
    'readings.manage': 'global',
    'readings.watch': 'global',
  },
} as const satisfies Record<Role, Rights>

/** A capability adds a task beside a role; none of them alone lets anybody read or handle an incident. */
export const CAPABILITY_RIGHTS = {
  duty: {
    'incidents.create_for': 'unit',
    'sos.handle': 'unit',
    'alerts.draft': 'unit',
    'floods.manage': 'unit',
    'readings.watch': 'global',
    'notices.draft': 'unit',
  },
  onestop: {
    'incidents.create_for': 'unit',
    'dossiers.read_desk': 'unit',
    'dossiers.desk': 'unit',
  },
  editor: {
    'conversations.label': 'global',
    'guides.edit': 'global',
    'guides.manage_scams': 'global',
    'notices.draft': 'unit',
  },
  hamlet_head: { 'incidents.create_for': 'unit' },
  community_team: { 'guides.team': 'unit' },
  identity_viewer: { 'identity.view_reporter': 'unit' },
} as const satisfies Record<Capability, Rights>

/** Rights of everybody who is signed in, residents too. */
const OWN_ACTIONS: readonly Action[] = ['sessions.own']
/** Work that no job or command may do in a person's place. */
const NEVER_SYSTEM: readonly Action[] = ['identity.view_reporter', 'sessions.own']

/** What an action touches. A case gives all three; null means that it has none yet. */
export type Resource = {
  unitCode?: string | null
  agencyCode?: string | null
  assigneeId?: string | null
}

export type OfficialActor = Extract<Actor, { kind: 'official' }>

/**
 * The part of all cases that a right reaches, for the `where` of a list: everything, or cases that match any of the
 * given values (undefined: not by this). All undefined and `isEverything` false is nothing.
 */
export type Reach = {
  isEverything: boolean
  unitCode?: string
  agencyCode?: string
  assigneeId?: string
}

function scopesOf(actor: OfficialActor, action: Action): Set<Scope> {
  const tables: Rights[] = [
    ...actor.roles.map((role) => ROLE_RIGHTS[role]),
    ...actor.capabilities.map((capability) => CAPABILITY_RIGHTS[capability]),
  ]
  return new Set(tables.flatMap((rights) => rights[action] ?? []))
}

/**
 * How far `actor` reaches with `action`. Unit rights of an official without a unit: those of an agency stay with its
 * cases, those of the city desk (neither unit nor agency) reach every unit. An officer also reaches what is assigned
 * to them by name.
 */
export function reachOf(actor: Actor, action: Action): Reach {
  if (actor.kind === 'system') return { isEverything: !NEVER_SYSTEM.includes(action) }
  if (actor.kind !== 'official') return { isEverything: false }
  const scopes = scopesOf(actor, action)
  const isCityDesk = actor.unitCode === null && actor.agencyCode === null
  if (scopes.has('global') || (scopes.has('unit') && isCityDesk)) return { isEverything: true }
  const byAgency = scopes.has('agency') || (scopes.has('unit') && actor.unitCode === null)
  return {
    isEverything: false,
    ...(scopes.has('unit') && actor.unitCode !== null ? { unitCode: actor.unitCode } : {}),
    ...(byAgency && actor.agencyCode !== null ? { agencyCode: actor.agencyCode } : {}),
    ...(scopes.has('agency') ? { assigneeId: actor.officialId } : {}),
  }
}

/** Whether the actor holds the right on this resource; without one, whether they hold it anywhere. */
export function can(actor: Actor, action: Action, resource?: Resource): boolean {
  if (OWN_ACTIONS.includes(action)) return actor.kind === 'official' || actor.kind === 'resident'
  const reach = reachOf(actor, action)
  if (reach.isEverything) return true
  const { unitCode, agencyCode, assigneeId } = reach
  const wanted = [unitCode, agencyCode, assigneeId]
  if (resource === undefined) return wanted.some((value) => value !== undefined)
  const given = [resource.unitCode, resource.agencyCode, resource.assigneeId]
  return wanted.some((value, i) => value !== undefined && value === given[i])
}

/** Stops the use-case: `http.unauthenticated` for nobody, `http.forbidden` for the wrong person. */
export function requireCan(ctx: Pick<Ctx, 'actor'>, action: Action, resource?: Resource): void {
  if (can(ctx.actor, action, resource)) return
  throw new AppError(ctx.actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
}

/** The signed-in official; `http.unauthenticated` for nobody, `http.forbidden` for anybody else. */
export function requireOfficial(ctx: Pick<Ctx, 'actor'>): OfficialActor {
  if (ctx.actor.kind === 'official') return ctx.actor
  throw new AppError(ctx.actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
}

/** A resident acts on their own data only; jobs and commands may on anybody's. */
export function requireSelf(ctx: Pick<Ctx, 'actor'>, residentId: string): void {
  const { actor } = ctx
  if (actor.kind === 'system') return
  if (actor.kind === 'resident' && actor.residentId === residentId) return
  throw new AppError(actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
}
