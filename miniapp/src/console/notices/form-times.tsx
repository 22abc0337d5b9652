import { t } from '../../shared/i18n.ts'
import { Check, TextField } from '../../ui/field.tsx'
import { TimeBox } from '../drafts/time-box.tsx'
import { needsEvent } from './draft-of.ts'
import type { Part } from './form.tsx'

/** When it goes out, and when nobody needs it any more. */
export function Times({ draft, set }: Part) {
  return (
    <>
      <TimeBox
        label={t('desk:notice.send_at')}
        hint={t('desk:notice.send_at_hint')}
        value={draft.sendAt ?? null}
        onChange={(sendAt) => set({ sendAt })}
      />
      <TimeBox
        label={t('desk:alerts.ends')}
        hint={t('desk:notice.ends_hint')}
        value={draft.expiresAt}
        isRequired
        onChange={(expiresAt) => expiresAt !== null && set({ expiresAt })}
      />
    </>
  )
}

const HOUR_MS = 3_600_000

/** What it invites to or when it holds; words with marks for it cannot do without. */
export function EventFields({ draft, set }: Part) {
  const event = draft.event ?? null
  const begin = () => {
    const startAt = Date.parse(draft.expiresAt) - 3 * HOUR_MS
    set({
      event: {
        startAt: new Date(startAt).toISOString(),
        endAt: new Date(startAt + 2 * HOUR_MS).toISOString(),
        place: '',
      },
    })
  }
  return (
    <fieldset class="stack tight">
      <legend class="field-label">{t('desk:notice.event')}</legend>
      <Check
        label={t('desk:notice.has_event')}
        hint={needsEvent(draft) ? t('desk:notice.needs_event') : ''}
        isOn={event !== null}
        onChange={(isOn) => (isOn ? begin() : set({ event: null }))}
      />
      {event !== null && (
        <>
          <TimeBox
            label={t('desk:notice.from')}
            value={event.startAt}
            isRequired
            onChange={(startAt) => startAt !== null && set({ event: { ...event, startAt } })}
          />
          <TimeBox
            label={t('desk:notice.to')}
            value={event.endAt}
            isRequired
            onChange={(endAt) => endAt !== null && set({ event: { ...event, endAt } })}
          />
          <TextField
            label={t('desk:notice.where')}
            value={event.place}
            maxLength={200}
            isRequired
            onInput={(place) => set({ event: { ...event, place } })}
          />
        </>
      )}
    </fieldset>
  )
}
