import type { Translate } from '../../../../locales/index.ts'
import { type Message, text } from '../../../chat/message.ts'
import { truncate } from '../../../core/text.ts'
import type { ProcedureView } from '../schema.ts'

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
      text(view.sourceText),
      { kind: 'link', label: t('dossiers:told.portal'), url: view.portalUrl },
    ],
    choices: [
      { id: `appointment.${view.code}`, label: t('appointments:choice.book') },
      { id: 'procedure', label: t('dossiers:choice.procedure') },
    ],
  }
}

/** Several may be meant: one button each. */
export const procedureChoices = (t: Translate, views: readonly ProcedureView[]): Message => ({
  parts: [text(t('dossiers:procedure.which'))],
  choices: views.map(({ code, name }) => ({
    id: `procedure.${code}`,
    label: truncate(name, MAX_LABEL),
  })),
})

export const noProcedureMessage = (t: Translate, portalUrl: string): Message => ({
  parts: [
    text(t('dossiers:procedure.none')),
    { kind: 'link', label: t('dossiers:told.portal'), url: portalUrl },
  ],
  choices: [{ id: 'procedure', label: t('dossiers:choice.procedure') }],
})
