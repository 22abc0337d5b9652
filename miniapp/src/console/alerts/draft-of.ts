import type { Desk, Draft, OneAlert } from './calls.ts'

export const KINDS = ['flood', 'reservoir', 'storm', 'landslide', 'air', 'health'] as const
export type Kind = (typeof KINDS)[number]
export const LEVELS = [1, 2, 3, 4] as const

const DEFAULT_HOURS = 12
const HOUR_MS = 3_600_000
const readyFor = ({ ready }: Desk, kind: Kind, level: number) =>
  ready.find((one) => one.kind === kind && one.level === level)

/** An empty draft for a unit, with the words that its kind and level have ready. */
export function newDraft(desk: Desk, unitCode: string, now: Date): Draft {
  const ready = readyFor(desk, 'flood', 1)
  return {
    unitCode,
    kind: 'flood',
    level: 1,
    headlineVi: '',
    headlineEn: null,
    bodyVi: '',
    bodyEn: null,
    instructionVi: ready?.instructionVi ?? '',
    instructionEn: ready?.instructionEn ?? null,
    issuer: null,
    signer: null,
    documentNo: null,
    area: { places: [{ unitCode }], polygons: [], circles: [] },
    expiresAt: new Date(now.getTime() + DEFAULT_HOURS * HOUR_MS).toISOString(),
  }
}

export function draftOf(alert: OneAlert): Draft {
  const { unitCode, kind, level, headlineVi, headlineEn, bodyVi, bodyEn } = alert
  const { instructionVi, instructionEn, issuer, signer, documentNo, area } = alert
  return {
    ...{ unitCode, kind, level, headlineVi, headlineEn, bodyVi, bodyEn },
    ...{ instructionVi, instructionEn, issuer, signer, documentNo, area },
    ...{ onsetAt: alert.onsetAt, expiresAt: alert.expiresAt },
  }
}

/** Another kind or level; what to do changes with it, unless somebody wrote their own. */
export function retuned(desk: Desk, draft: Draft, next: { kind?: Kind; level?: number }): Draft {
  const before = readyFor(desk, draft.kind, draft.level)
  const changed = { ...draft, ...next }
  const after = readyFor(desk, changed.kind, changed.level)
  const isOwn = (draft.instructionVi ?? '') !== '' && draft.instructionVi !== before?.instructionVi
  if (isOwn || after === undefined) return changed
  return {
    ...changed,
    instructionVi: after.instructionVi,
    instructionEn: after.instructionEn,
  }
}
