import type { FlowContext, FlowForm } from '../../../chat/flow.ts'
import type { FormFields } from '../../../chat/inbound.ts'
import { clean } from '../../../core/text.ts'
import { soundsDangerous } from '../policy/danger.ts'
import { MAX_REPORT_PHOTOS } from '../schema.ts'
import { MAX_PLACE_WORDS, type ReportData, readCategory, withPhotos } from './data.ts'
import { settlePlace } from './step.ts'

/** Words for a known place say more about it; for an unknown one they are looked up, as in the chat. */
function withPlace(
  data: ReportData,
  typed: string,
  { facts }: FlowContext,
): Pick<Partial<ReportData>, 'place' | 'candidates' | 'pin' | 'placeWords'> {
  const words = clean(typed).slice(0, MAX_PLACE_WORDS)
  if (data.place === null)
    return words === '' ? {} : (settlePlace(facts.places, data.pin, words) ?? {})
  const { words: _, ...place } = data.place
  return { place: words === '' ? place : { ...place, words } }
}

const consentOf = (data: ReportData, { consentVersion }: FormFields): number | null =>
  consentVersion ?? data.consentVersion

/** The report on one page; sending it there is the confirmation too. */
export const reportForm: FlowForm<ReportData> = {
  view: (data) => ({
    description: data.description ?? '',
    category: data.category,
    place: data.place && { label: data.place.label, words: data.place.words ?? '' },
    photoCount: data.mediaIds.length,
    photosLeft: MAX_REPORT_PHOTOS - data.mediaIds.length,
    consentVersion: data.consentVersion,
  }),
  fill: (fields, data, ctx) => {
    const description = clean(fields.description)
    const isUrgent = data.isUrgent || soundsDangerous(description)
    return {
      ok: true,
      patch: {
        description,
        isUrgent,
        category: readCategory(fields.category) ?? data.category,
        consentVersion: consentOf(data, fields),
        ...withPhotos(data, fields.mediaIds),
        ...withPlace(data, fields.place ?? '', ctx),
        isPhotosDone: true,
        isConfirmed: true,
        warnAt: null,
      },
    }
  },
}
