import type { Flow, FlowContext } from '../../../chat/flow.ts'
import { formOffer } from '../../../chat/form-offer.ts'
import type { Content } from '../../../chat/inbound.ts'
import { wordKey } from '../../../chat/match.ts'
import { type Choice, say } from '../../../chat/message.ts'
import { clean, fold } from '../../../core/text.ts'
import { CATEGORY_ORDER } from '../data/categories.ts'
import { reviewMessage } from '../messages/intake.ts'
import { SHIPPED_PHONES } from '../messages/phones.ts'
import { soundsDangerous } from '../policy/danger.ts'
import { type CategoryId, MAX_DESCRIPTION, MAX_REPORT_PHOTOS } from '../schema.ts'
import {
  nextStep,
  type ReportData,
  readCategory,
  readStory,
  type StepName,
  startReport,
  withFound,
  withPhotos,
} from './data.ts'
import { reportForm } from './form.ts'
import { place, placeChoice } from './place.ts'
import { readSimilar, similar } from './similar.ts'
import { again, sideInput, step } from './step.ts'

/** Categories shown at first; the rest behind one more button, so that no list is longer than a phone. */
const FIRST_CATEGORIES = 7
/** Below this an understood category is asked for, not assumed. */
const MIN_CONFIDENCE = 0.5
/** Plain words of agreement and refusal, whole texts; "ừm" and silence are neither. */
const YES =
  /^(?:da|vang|u|dc|duoc|uh|co|ok|oke|okay|yes|dong y a|dong y nghe|da dong y|toi dong y|tui dong y|i agree|agree)$/
const NO = /^(?:khong|ko|no|khong dong y a|toi khong dong y|tui khong dong y)$/
const NO_PHOTO =
  /^(?:(?:khong|ko|k|hong|chua)(?: co)?(?: (?:anh|hinh))?(?: (?:mo|chi|nao|dau|a))?|none|no|no photos?|thoi)$/

function consentWord(content: Content): 'agree' | 'decline' | undefined {
  if (content.kind !== 'text') return undefined
  const word = wordKey(content.text)
  return YES.test(word) ? 'agree' : NO.test(word) ? 'decline' : undefined
}

const consent = step(
  'consent',
  (data, { t }) => {
    const choices = [
      { id: 'agree', label: t('incidents:ask.consent.yes') },
      { id: 'decline', label: t('incidents:ask.consent.no') },
    ]
    if (data.showsFullConsent)
      return [say(t('incidents:ask.consent.full', { body: data.consent?.body ?? '' }), choices)]
    const full = { id: 'full', label: t('incidents:ask.consent.read') }
    return [say(t('incidents:ask.consent'), [...choices, full])]
  },
  (content, data, ctx) => {
    const said = content.kind === 'choice' ? content.id : consentWord(content)
    if (said === 'agree')
      return { ok: true, patch: { consentVersion: data.consent?.version ?? null } }
    if (said === 'decline')
      return { ok: true, patch: { hasDeclined: true, consentVersion: null }, goTo: 'done' }
    if (said === 'full') return { ok: true, patch: { showsFullConsent: true }, goTo: 'consent' }
    // Kept only in this chat's pending answers, which go if they say no.
    const side = sideInput(content, data, ctx, 'consent')
    return side?.ok
      ? { ...side, goTo: 'consent' }
      : again(ctx, 'incidents:ask.consent.again', SHIPPED_PHONES)
  },
)

/** The one category whose label has these words: "đèn" is "Đèn đường", "nước" is none. */
function labelWith(text: string, { t }: FlowContext): CategoryId | undefined {
  const word = wordKey(text)
  if (word === '') return undefined
  const named = CATEGORY_ORDER.filter((id) =>
    ` ${fold(t(`incidents:category.${id}`)).replaceAll(',', '')} `.includes(` ${word} `),
  )
  return named.length === 1 ? named[0] : undefined
}

const category = step(
  'category',
  (data, { t }) => {
    const shown = data.showsAllCategories
      ? CATEGORY_ORDER.slice(FIRST_CATEGORIES)
      : CATEGORY_ORDER.slice(0, FIRST_CATEGORIES)
    const choices: Choice[] = shown.map((id) => ({ id, label: t(`incidents:category.${id}`) }))
    if (data.showsAllCategories) return [say(t('incidents:ask.category.rest'), choices)]
    const more = { id: 'more', label: t('incidents:ask.category.more') }
    return [say(t('incidents:ask.category'), [...choices, more])]
  },
  (content, data, ctx) => {
    const side = sideInput(content, data, ctx, 'category')
    if (side !== undefined) return side
    if (content.kind === 'choice') {
      if (content.id === 'more')
        return { ok: true, patch: { showsAllCategories: true }, goTo: 'category' }
      const id = readCategory(content.id)
      if (id !== null) return { ok: true, patch: { category: id, showsAllCategories: false } }
    }
    const named = content.kind === 'text' ? labelWith(content.text, ctx) : undefined
    if (named !== undefined)
      return { ok: true, patch: { category: named, showsAllCategories: false } }
    const understood = ctx.facts.category
    if (content.kind === 'text' && understood && understood.confidence >= MIN_CONFIDENCE) {
      const id = readCategory(understood.id)
      const story = data.description ?? readStory(content.text)
      if (id !== null) return { ok: true, patch: { category: id, description: story } }
    }
    return again(ctx, 'incidents:ask.category.again')
  },
)

const description = step(
  'description',
  (_data, { t, formUrl }) => {
    const ask = say(t('incidents:ask.description'))
    return formUrl === undefined ? [ask] : [{ parts: [...ask.parts, ...formOffer(t, formUrl)] }]
  },
  (content, data, ctx) => {
    const words =
      content.kind === 'text'
        ? content.text
        : content.kind === 'photo'
          ? content.caption
          : undefined
    const story = clean(words ?? '')
    if (story.length > MAX_DESCRIPTION)
      return again(ctx, 'incidents:ask.description.too_long', { max: MAX_DESCRIPTION })
    if (!/\p{L}/u.test(story))
      return (
        sideInput(content, data, ctx, 'description') ??
        again(ctx, 'incidents:ask.description.again')
      )
    const photos = content.kind === 'photo' ? withPhotos(data, content.mediaIds) : {}
    const found = withFound(data.found, ctx.facts)
    const patch: Partial<ReportData> = { ...photos, found, description: story }
    if (data.isUrgent || !soundsDangerous(story)) return { ok: true, patch }
    const urgent = { ...patch, isUrgent: true }
    return { ok: true, patch: { ...urgent, warnAt: nextStep({ ...data, ...urgent }) } }
  },
)

/** Who goes on telling instead of sending a photo is heard: the review shows all of it. */
function addedWords(data: ReportData, words: string): string | null {
  const more = readStory(words)
  const all = [data.description, more].filter((part) => part !== null).join('\n')
  return more === null || all.length > MAX_DESCRIPTION ? null : all
}

const photos = step(
  'photos',
  (data, { t }) => {
    const have = data.mediaIds.length
    const skip = { id: 'skip', label: t('incidents:ask.photos.skip') }
    const clear = { id: 'clear', label: t('incidents:ask.photos.clear') }
    const done = { id: 'done', label: t('incidents:ask.photos.done') }
    const ask =
      have === 0
        ? say(t('incidents:ask.photos', { max: MAX_REPORT_PHOTOS }), [skip])
        : say(t('incidents:ask.photos.more', { have }), [done, clear])
    return [{ ...ask, want: 'photo' }]
  },
  (content, data, ctx) => {
    if (content.kind === 'photo') {
      const patch = withPhotos(data, content.mediaIds)
      const isFull = patch.mediaIds.length >= MAX_REPORT_PHOTOS
      return isFull
        ? { ok: true, patch: { ...patch, isPhotosDone: true } }
        : { ok: true, patch, goTo: 'photos' }
    }
    if (content.kind === 'choice') {
      if (content.id === 'clear')
        return { ok: true, patch: { mediaIds: [], droppedPhotos: 0 }, goTo: 'photos' }
      if (content.id === 'done' || content.id === 'skip')
        return { ok: true, patch: { isPhotosDone: true } }
    }
    if (content.kind === 'text' && NO_PHOTO.test(fold(content.text)))
      return { ok: true, patch: { isPhotosDone: true } }
    const added = content.kind === 'text' ? addedWords(data, content.text) : null
    if (added !== null) return { ok: true, patch: { description: added, isPhotosDone: true } }
    return sideInput(content, data, ctx, 'photos') ?? again(ctx, 'incidents:ask.photos.again')
  },
)

const EDITS: ReadonlyMap<string, StepName> = new Map([
  ['edit_category', 'category'],
  ['edit_place', 'place'],
  ['edit_description', 'description'],
  ['edit_photos', 'photos'],
])

const review = step(
  'review',
  (data, { t }) => {
    const choices = ['send', ...EDITS.keys(), 'edit_identity'].map((id) => ({
      id,
      label: t(`incidents:review.${id}`),
    }))
    const note =
      data.droppedPhotos > 0
        ? [say(t('incidents:ask.photos.full', { max: MAX_REPORT_PHOTOS }))]
        : []
    return [...note, { ...reviewMessage(t, data), choices }]
  },
  (content, data, ctx) => {
    if (content.kind === 'choice') {
      if (content.id === 'send') {
        const open = nextStep(data)
        if (open !== 'review') return { ok: true, patch: {}, goTo: open }
        const near = readSimilar(ctx.facts.looked?.similar)
        // In danger nobody is asked whether somebody else has said so.
        return near.length === 0 || data.isUrgent || data.hasSeenSimilar
          ? { ok: true, patch: { isConfirmed: true } }
          : { ok: true, patch: { similar: near, hasSeenSimilar: true }, goTo: 'similar' }
      }
      if (content.id === 'edit_identity')
        return { ok: true, patch: { hidesIdentity: !data.hidesIdentity }, goTo: 'review' }
      const target = EDITS.get(content.id)
      if (target !== undefined) return { ok: true, patch: {}, goTo: target }
    }
    return sideInput(content, data, ctx, 'review') ?? again(ctx, 'incidents:review.again')
  },
)

/** Report an incident: consent, what, where, the story, photos, a look over it, sent. */
export const reportFlow: Flow<ReportData> = {
  id: 'report',
  version: 3,
  start: startReport,
  first: nextStep,
  steps: new Map([consent, category, place, placeChoice, description, photos, review, similar]),
  form: reportForm,
}
