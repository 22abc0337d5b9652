import { useState } from 'preact/hooks'
import { useConsented } from '../../resident/use-consented.tsx'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { ask, type HelpOffer, type Wish } from './calls.ts'

const FOR_WHOM: readonly Wish['forWhom'][] = ['self', 'relative']
const PREFERRED: readonly Wish['preferred'][] = [
  'any',
  'morning',
  'afternoon',
  'evening',
  'weekend',
]
const PLACE_MAX = 200

const begin = (lessonId: string | undefined) => ({
  id: crypto.randomUUID() as string,
  lessonId,
  forWhom: 'self' as Wish['forWhom'],
  hamletId: undefined as string | undefined,
  place: '',
  phone: '',
  preferred: 'any' as Wish['preferred'],
})

type Props = { offer: HelpOffer; lessonId: string | undefined; onAsked: () => void }

/** What for, for whom, where and when; the same sent twice is one request. */
export function AskForm({ offer, lessonId, onAsked }: Props) {
  const [form, setForm] = useState(() => begin(lessonId))
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const { isBusy, problem, isWaiting, ask: consent, run } = useConsented('help')
  const { hamletId, place, forWhom } = form
  const isWhole = hamletId !== undefined && place.trim().length > 1
  const submit = async (event: Event) => {
    event.preventDefault()
    if (hamletId === undefined) return
    const phone = form.phone.trim() === '' ? null : form.phone
    const wish = { ...form, hamletId, phone, lessonId: form.lessonId ?? null }
    if (await run((agreed) => ask({ ...wish, ...agreed }))) {
      setForm(begin(undefined))
      onAsked()
    }
  }
  return (
    <Card title={t('screens:help.new')}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <SelectField
          label={t('screens:help.what')}
          none={t('screens:help.other')}
          value={form.lessonId}
          options={offer.lessons.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(next) => set({ lessonId: next })}
        />
        <Choices
          legend={t('screens:help.whom')}
          look="chips"
          options={FOR_WHOM.map((value) => ({ value, label: t(`screens:help.whom.${value}`) }))}
          value={forWhom}
          onChange={(next) => set({ forWhom: next })}
        />
        <SelectField
          label={t('screens:help.hamlet')}
          none={t('screens:help.choose')}
          value={hamletId}
          options={offer.hamlets.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(next) => set({ hamletId: next })}
        />
        <TextArea
          label={t(`screens:help.place.${forWhom}`)}
          hint={t('screens:help.place.hint')}
          rows={2}
          value={place}
          maxLength={PLACE_MAX}
          onInput={(next) => set({ place: next })}
        />
        <TextField
          type="tel"
          label={t('screens:help.phone')}
          hint={t('screens:help.phone.hint')}
          value={form.phone}
          maxLength={20}
          autocomplete="tel"
          onInput={(next) => set({ phone: next })}
        />
        <Choices
          legend={t('screens:help.when')}
          look="chips"
          options={PREFERRED.map((value) => ({ value, label: t(`screens:help.when.${value}`) }))}
          value={form.preferred}
          onChange={(next) => set({ preferred: next })}
        />
        {consent}
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <Button type="submit" isBusy={isBusy} isDisabled={!isWhole || isWaiting} isWide>
          {t('screens:help.send')}
        </Button>
      </form>
    </Card>
  )
}
