import type { Flow, FlowContext, FlowData, Step } from '../../../chat/flow.ts'
import { type Choice, type Message, text } from '../../../chat/message.ts'
import { countRight } from './policy.ts'

type Question = { text: string; options: string[]; answer: number; why: string }

/** `questions` are looked up at the start; `answers` so far, each the number of an option. */
export type QuizData = {
  lessonId: string
  title: string
  questions: Question[]
  answers: number[]
  consentVersion: number | null
  /** Whether to keep it was asked, and the last answer explained there. */
  isAsked: boolean
  offered: number | null
  body: string
}

type Consent = { version: number; given: boolean; body: string }
type T = FlowContext['t']

function next(data: QuizData): string {
  if (data.answers.length < data.questions.length) return 'question'
  if (data.questions.length === 0) return 'done'
  return data.consentVersion === null && !data.isAsked ? 'keep' : 'done'
}

function start(known: FlowData): QuizData {
  const consent = known.consent as Consent | undefined
  return {
    lessonId: typeof known.lessonId === 'string' ? known.lessonId : '',
    title: typeof known.title === 'string' ? known.title : '',
    questions: Array.isArray(known.questions) ? known.questions : [],
    answers: [],
    consentVersion: consent?.given === true ? consent.version : null,
    isAsked: false,
    offered: consent?.version ?? null,
    body: consent?.body ?? '',
  }
}

/** “Đúng rồi. …” to the last answer; nothing before the first. */
export function feedback({ questions, answers }: QuizData, t: T): string | undefined {
  const at = answers.length - 1
  const question = questions[at]
  if (question === undefined) return undefined
  const { answer, options, why } = question
  return answers[at] === answer
    ? t('guides:quiz.right', { why })
    : t('guides:quiz.wrong', { right: options[answer] ?? '', why })
}

/** “Ông/bà trả lời đúng 2/3 câu.” */
export const result = ({ questions, answers }: QuizData, t: T): string =>
  t('guides:quiz.result', { right: countRight(questions, answers), asked: questions.length })

function question(choicesOf: (data: QuizData) => Choice[]): Step<QuizData> {
  return {
    ask: (data, { t }): Message[] => {
      const { questions, answers } = data
      const said = feedback(data, t)
      const n = answers.length + 1
      const asked = questions[n - 1]?.text ?? ''
      return [
        {
          parts: [
            ...(said === undefined ? [] : [text(said)]),
            text(t('guides:quiz.question', { n, count: questions.length, text: asked })),
          ],
          choices: choicesOf(data),
        },
      ]
    },
    accept: (content, data, { t }) => {
      const ids = choicesOf(data).map(({ id }) => id)
      const chosen = content.kind === 'choice' ? ids.indexOf(content.id) : -1
      if (chosen < 0) return { ok: false, say: [{ parts: [text(t('guides:help.again'))] }] }
      return { ok: true, patch: { answers: [...data.answers, chosen] } }
    },
    next,
  }
}

const keep: Step<QuizData> = {
  ask: (data, { t }) => [
    {
      parts: [
        ...[feedback(data, t)].filter((said) => said !== undefined).map(text),
        text(`${result(data, t)} ${t('guides:quiz.keep')}`),
        text(data.body),
      ],
      choices: [
        { id: 'agree', label: t('guides:quiz.choice.keep') },
        { id: 'decline', label: t('guides:quiz.choice.not') },
      ],
    },
  ],
  accept: (content, { offered }, { t }) => {
    if (content.kind === 'choice' && content.id === 'agree')
      return { ok: true, patch: { consentVersion: offered, isAsked: true } }
    if (content.kind === 'choice' && content.id === 'decline')
      return { ok: true, patch: { consentVersion: null, isAsked: true } }
    return { ok: false, say: [{ parts: [text(t('guides:help.again'))] }] }
  },
  next,
}

/** The questions after a lesson, each answer explained; then whether to keep the result. */
export const quizFlow: Flow<QuizData> = {
  id: 'quiz',
  version: 1,
  start,
  first: next,
  steps: new Map([
    [
      'question',
      question(({ questions, answers }) =>
        (questions[answers.length]?.options ?? []).map((label, i) => ({ id: `o-${i}`, label })),
      ),
    ],
    ['keep', keep],
  ]),
}
