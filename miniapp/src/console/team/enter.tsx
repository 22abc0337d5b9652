import { useState } from 'preact/hooks'
import { localDate } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import type { ActivityInput, TeamBoard } from './calls.ts'

type Kind = ActivityInput['kind']
const KINDS: readonly Kind[] = ['session', 'visit', 'training']
const TASKS: readonly ActivityInput['task'][] = ['install', 'protect', 'teach', 'spread', 'gather']

const begin = () => ({
  id: crypto.randomUUID() as string,
  kind: 'session' as Kind,
  task: undefined as ActivityInput['task'] | undefined,
  hamletId: undefined as string | undefined,
  lessonId: undefined as string | undefined,
  heldOn: localDate(new Date()),
  people: '',
  sheets: '',
})

type Props = {
  board: TeamBoard
  isBusy: boolean
  /** True when the server has it. */
  onEnter: (activity: ActivityInput) => Promise<boolean>
}

/** What was held, in a minute and on a phone; the same sent twice counts once. */
export function Enter({ board, isBusy, onEnter }: Props) {
  const [form, setForm] = useState(begin)
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const { id, kind, task, hamletId, lessonId, heldOn, people, sheets } = form
  const isWhole = task !== undefined && (kind === 'training' || hamletId !== undefined)
  const submit = async (event: Event) => {
    event.preventDefault()
    if (task === undefined) return
    const isKept = await onEnter({
      ...{ id, kind, task, heldOn },
      hamletId: kind === 'training' ? null : (hamletId ?? null),
      lessonId: lessonId ?? null,
      ...{ people: Number(people), sheets: Number(sheets) },
    })
    if (isKept) setForm((now) => ({ ...begin(), kind: now.kind, hamletId: now.hamletId }))
  }
  return (
    <details class="card">
      <summary>{t('desk:team.enter')}</summary>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <SelectField
          label={t('desk:team.field.kind')}
          none={t('desk:team.choose')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`desk:team.kind.${value}`) }))}
          onChange={(next) => next !== undefined && set({ kind: next })}
        />
        <SelectField
          label={t('desk:team.field.task')}
          none={t('desk:team.choose')}
          value={task}
          options={TASKS.map((value) => ({ value, label: t(`desk:team.task.${value}`) }))}
          onChange={(next) => set({ task: next })}
        />
        {kind !== 'training' && (
          <SelectField
            label={t('desk:team.field.hamlet')}
            none={t('desk:team.choose')}
            value={hamletId}
            options={board.hamlets.map((hamlet) => ({ value: hamlet.id, label: hamlet.name }))}
            onChange={(next) => set({ hamletId: next })}
          />
        )}
        <SelectField
          label={t('desk:team.field.lesson')}
          none={t('desk:team.no_lesson')}
          value={lessonId}
          options={board.lessons.map((lesson) => ({ value: lesson.id, label: lesson.title }))}
          onChange={(next) => set({ lessonId: next })}
        />
        <TextField
          type="date"
          label={t('desk:team.field.day')}
          value={heldOn}
          onInput={(next) => set({ heldOn: next })}
        />
        <TextField
          label={t('desk:team.field.people')}
          hint={t('desk:team.field.people.hint')}
          value={people}
          maxLength={3}
          onInput={(next) => set({ people: next.replace(/\D/g, '') })}
        />
        <TextField
          label={t('desk:team.field.sheets')}
          value={sheets}
          maxLength={4}
          onInput={(next) => set({ sheets: next.replace(/\D/g, '') })}
        />
        <Button type="submit" isBusy={isBusy} isDisabled={!isWhole || people === ''}>
          {t('desk:team.save')}
        </Button>
      </form>
    </details>
  )
}
