import { asKey, type Translate } from '../../../../locales/index.ts'
import { type Message, type Part, text } from '../../../chat/message.ts'
import { truncate } from '../../../core/text.ts'
import { LIFE_EVENTS } from '../policy/life-events.ts'
import type { ProcedureView } from '../procedure-schema.ts'

/** Labels of buttons; longer ones are cut by the channels anyway. */
const MAX_LABEL = 60

/** A procedure as a list to keep: papers first, then time, fee, place. */
export function procedureMessage(t: Translate, view: ProcedureView): Message {
  const papers = view.papers.map((paper, i) => `${i + 1}. ${paper}`).join('\n')
  return {
    parts: [
      text(view.name),
      text(`${t('dossiers:procedure.papers')}\n${papers}`),
      {
        kind: 'fields',
        title: t('dossiers:procedure.more'),
        rows: [
          { label: t('dossiers:procedure.time'), value: view.time },
          { label: t('dossiers:procedure.fee'), value: view.fee },
          { label: t('dossiers:procedure.place'), value: view.place },
          {
            label: t('dossiers:procedure.online'),
            value: t(
              view.isOnline ? 'dossiers:procedure.online.yes' : 'dossiers:procedure.online.no',
            ),
          },
        ],
      },
      ...formParts(t, view.forms),
      text(view.sourceText),
      { kind: 'link', label: t('dossiers:told.portal'), url: view.portalUrl },
    ],
    choices: [
      { id: `checklist.${view.code}`, label: t('dossiers:choice.checklist') },
      { id: `appointment.${view.code}`, label: t('appointments:choice.book') },
      { id: 'procedure', label: t('dossiers:choice.procedure') },
    ],
  }
}

/** What is still missing of the papers that were ticked off. */
export const checklistMessage = (
  t: Translate,
  { code, missing }: { code: string | null; missing: readonly string[] },
): Message => ({
  parts: [
    text(
      missing.length === 0
        ? t('dossiers:checklist.all')
        : `${t('dossiers:checklist.missing')}\n${missing.map((paper) => `• ${paper}`).join('\n')}`,
    ),
  ],
  choices: [
    ...(code === null
      ? []
      : [
          { id: `appointment.${code}`, label: t('appointments:choice.book') },
          { id: `procedure.${code}`, label: t('dossiers:checklist.back') },
        ]),
    { id: 'procedure', label: t('dossiers:choice.procedure') },
  ],
})

/** Forms by name, with where they are. */
const formParts = (t: Translate, forms: ProcedureView['forms']): Part[] =>
  forms.length === 0
    ? []
    : [
        text(
          `${t('dossiers:procedure.forms')}\n${forms
            .map(({ name, url }) => `• ${url === undefined ? name : `${name}: ${url}`}`)
            .join('\n')}`,
        ),
      ]

/** Several may be meant: one button each. */
export const procedureChoices = (t: Translate, views: readonly ProcedureView[]): Message => ({
  parts: [text(t('dossiers:procedure.which'))],
  choices: views.map(({ code, name }) => ({
    id: `procedure.${code}`,
    label: truncate(name, MAX_LABEL),
  })),
})

/** Nothing was found: what else to try, and where else to look. */
export const noProcedureMessage = (t: Translate, portalUrl: string): Message => ({
  parts: [
    text(t('dossiers:procedure.none')),
    { kind: 'link', label: t('dossiers:told.portal'), url: portalUrl },
  ],
  choices: [
    ...LIFE_EVENTS.map((event) => ({
      id: `procedure.event-${event}`,
      label: t(asKey(`dossiers:life.${event}`)),
    })),
    { id: 'procedure', label: t('dossiers:choice.procedure') },
  ],
})
