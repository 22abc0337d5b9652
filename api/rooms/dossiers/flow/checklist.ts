import type { Flow, FlowData } from '../../../chat/flow.ts'
import { say } from '../../../chat/message.ts'
import { truncate } from '../../../core/text.ts'

export type ChecklistData = {
  code: string | null
  name: string
  papers: string[]
  /** Places in the list of what the person has. */
  have: number[]
  isDone: boolean
}

const MAX_LABEL = 40

function start(known: FlowData): ChecklistData {
  const { procedure } = known as {
    procedure?: { code: string; name: string; papers: string[] }
  }
  return {
    code: procedure?.code ?? null,
    name: procedure?.name ?? '',
    papers: procedure?.papers ?? [],
    have: [],
    isDone: false,
  }
}

const next = ({ code, isDone }: ChecklistData): string =>
  code === null || isDone ? 'done' : 'ticks'

/** The papers of a procedure, ticked off one by one in the chat; nothing of it is kept elsewhere. */
export const checklistFlow: Flow<ChecklistData> = {
  id: 'checklist',
  version: 1,
  start,
  first: next,
  steps: new Map([
    [
      'ticks',
      {
        ask: ({ name, papers, have }, { t }) => [
          say(
            [
              t('dossiers:checklist.title', { name, have: have.length, all: papers.length }),
              ...papers.map((paper, i) => `${have.includes(i) ? '☑' : '☐'} ${i + 1}. ${paper}`),
            ].join('\n'),
            [
              ...papers.map((paper, i) => ({
                id: `tick-${i}`,
                label: `${have.includes(i) ? '☑' : '☐'} ${truncate(paper, MAX_LABEL)}`,
              })),
              { id: 'ready', label: t('dossiers:checklist.ready') },
            ],
          ),
        ],
        accept: (content, { have, papers }, { t }) => {
          if (content.kind === 'choice' && content.id === 'ready')
            return { ok: true, patch: { isDone: true } }
          const place =
            content.kind === 'choice' ? Number(/^tick-(\d+)$/.exec(content.id)?.[1]) : Number.NaN
          if (papers[place] === undefined)
            return { ok: false, say: [say(t('dossiers:checklist.again'))] }
          const others = have.filter((one) => one !== place)
          return {
            ok: true,
            patch: { have: others.length < have.length ? others : [...have, place] },
          }
        },
        next,
      },
    ],
  ]),
}
