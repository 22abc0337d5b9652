import type { Translate } from '../../../locales/index.ts'
import { type Choice, type Message, say, text } from '../../chat/message.ts'
import { formatDate } from '../../core/time.ts'
import { askChoice } from './help/messages.ts'
import type { LessonCard, LessonView } from './schema.ts'

/** Cards shown at once: Zalo's buttons hold five, two of them lead on. */
const PAGE_CARDS = 3

const lessonChoice = (t: Translate, { id, title, minutes }: LessonCard): Choice => ({
  id: `guide.${id}`,
  label: t('guides:card', { title, minutes }),
})

/** Lessons from `from` on, with a way to the rest. */
export function listMessage(t: Translate, cards: readonly LessonCard[], from = 0): Message {
  if (cards.length === 0) return say(t('guides:list.empty'), [personChoice(t)])
  const shown = cards.slice(from, from + PAGE_CARDS)
  const next = from + PAGE_CARDS
  const more = next < cards.length ? [{ id: `guide.+${next}`, label: t('guides:choice.more') }] : []
  const choices = [...shown.map((card) => lessonChoice(t, card)), ...more, personChoice(t)]
  return say(t(from === 0 ? 'guides:list' : 'guides:list.more'), choices)
}

const personChoice = (t: Translate): Choice => ({ id: 'person', label: t('guides:choice.person') })
const listChoice = (t: Translate): Choice => ({ id: 'guide.+0', label: t('guides:choice.list') })

/** Several may be meant. */
export const unsureMessage = (t: Translate, cards: readonly LessonCard[]): Message =>
  say(t('guides:unsure'), [...cards.map((card) => lessonChoice(t, card)), personChoice(t)])

export const noneMessage = (t: Translate): Message =>
  say(t('guides:none'), [personChoice(t), listChoice(t)])

/** What it is about and what to have at hand, before the first step; its source and the page with drawings. */
export function startMessage(t: Translate, lesson: LessonView, pageUrl: string): Message {
  const { id, title, needs, minutes, steps, warning, version, reviewedOn } = lesson
  return {
    parts: [
      text(t('guides:start', { title, needs, minutes, count: steps.length })),
      text(t('guides:warning', { warning })),
      text(t('guides:source', { title, version, date: formatDate(reviewedOn) })),
      { kind: 'link', label: t('guides:choice.page'), url: pageUrl },
    ],
    choices: [{ id: `guide.${id}.1`, label: t('guides:choice.begin') }, listChoice(t)],
  }
}

/** One step, counted from 1; after the last one it says that this was all. */
export function stepMessage(t: Translate, lesson: LessonView, n: number): Message {
  const { id, title, steps } = lesson
  const step = steps[n - 1]
  const count = steps.length
  const at = (to: number) => `guide.${id}.${to}`
  if (step === undefined)
    return say(t('guides:end', { title }), [
      { id: `quiz.${id}`, label: t('guides:quiz.choice.begin') },
      { id: at(count), label: t('guides:choice.back') },
      listChoice(t),
    ])
  const back = n > 1 ? [{ id: at(n - 1), label: t('guides:choice.back') }] : []
  return say(t('guides:step', { n, count, text: step.text }), [
    { id: at(n + 1), label: t('guides:choice.next') },
    ...back,
    { id: `guide_stuck.${id}.${n}`, label: t('guides:choice.stuck') },
  ])
}

/** What goes wrong at such a lesson, and who helps. */
export function stuckMessage(t: Translate, lesson: LessonView, n: number): Message {
  const faults = lesson.faults.map((fault) => text(t('guides:fault', fault)))
  return {
    parts: [text(t('guides:stuck', { hotline: lesson.hotline })), ...faults],
    choices: [
      askChoice(t, lesson.id),
      { id: `guide.${lesson.id}.${n}`, label: t('guides:choice.again') },
      personChoice(t),
    ],
  }
}
