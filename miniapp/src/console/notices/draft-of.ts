import type { Desk, Draft, OneNotice } from './calls.ts'

export const KINDS = ['notices', 'utilities', 'health', 'guides'] as const

const DEFAULT_HOURS = 48
const HOUR_MS = 3_600_000

/** An empty notice for a unit that ends in two days. */
export const newDraft = (unitCode: string, now: Date): Draft => ({
  unitCode,
  kind: 'notices',
  isEmergency: false,
  titleVi: '',
  titleEn: null,
  bodyVi: '',
  bodyEn: null,
  linkLabel: null,
  linkUrl: null,
  issuer: null,
  signer: null,
  documentNo: null,
  area: { places: [{ unitCode }], polygons: [], circles: [] },
  language: null,
  event: null,
  sendAt: null,
  expiresAt: new Date(now.getTime() + DEFAULT_HOURS * HOUR_MS).toISOString(),
})

export function draftOf(notice: OneNotice): Draft {
  const { unitCode, kind, isEmergency, titleVi, titleEn, bodyVi, bodyEn } = notice
  const { linkLabel, linkUrl, issuer, signer, documentNo, area, language, event } = notice
  const { sendAt, expiresAt } = notice
  return {
    ...{ unitCode, kind, isEmergency, titleVi, titleEn, bodyVi, bodyEn, linkLabel, linkUrl },
    ...{ issuer, signer, documentNo, area, language, event, sendAt, expiresAt },
  }
}

/** Ready words take the place of what stands there; what else was filled in stays. */
export function withTemplate(draft: Draft, template: Desk['templates'][number]): Draft {
  const { kind, titleVi, titleEn, bodyVi, bodyEn } = template
  return { ...draft, kind, titleVi, titleEn, bodyVi, bodyEn }
}

const MARK = /\{(tu|den|noi)\}/

/** Whether the words name a time or a place that the notice must then have. */
export const needsEvent = ({ titleVi, titleEn, bodyVi, bodyEn }: Draft): boolean =>
  [titleVi, titleEn, bodyVi, bodyEn].some((words) => MARK.test(words ?? ''))
