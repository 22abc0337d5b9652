import { useState } from 'preact/hooks'
import { changeDraft, useDraft } from '../../resident/draft.ts'
import { MainAction } from '../../resident/main-action.tsx'
import { t } from '../../shared/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { Check, TextField } from '../../ui/field.tsx'
import { HamletChoice } from './hamlet-choice.tsx'
import { NameSearch } from './name-search.tsx'
import { PointButtons } from './point-buttons.tsx'
import { goTo } from './steps.ts'

const MAX_DETAIL = 200

/** Step 2. Whatever the reader finds easiest: here, where the photo was taken, a hamlet, a name. */
export function PlaceStep() {
  const draft = useDraft()
  const [isAsked, setAsked] = useState(false)
  const { place } = draft
  return (
    <>
      <p class="muted">{t('miniapp:report.place.text')}</p>
      <div class="live" aria-live="polite">
        {place && (
          <Notice kind="ok" title={t('miniapp:place.chosen')}>
            <p>{place.label}</p>
          </Notice>
        )}
      </div>
      <PointButtons photos={draft.photos} />
      <HamletChoice chosen={place?.hamletId} />
      <NameSearch />
      <Card>
        <TextField
          label={t('miniapp:place.detail')}
          hint={t('miniapp:place.detail.hint')}
          value={draft.placeDetail}
          maxLength={MAX_DETAIL}
          onInput={(placeDetail) => changeDraft({ placeDetail })}
        />
        <Check
          label={t('miniapp:place.private')}
          hint={t('miniapp:place.private.hint')}
          isOn={draft.isPrivatePlace}
          onChange={(isPrivatePlace) => changeDraft({ isPrivatePlace })}
        />
      </Card>
      {isAsked && place === undefined && (
        <Notice kind="error">
          <p>{t('miniapp:missing.place')}</p>
        </Notice>
      )}
      <MainAction
        label={t('miniapp:nav.next')}
        onPress={() => (place ? goTo('what') : setAsked(true))}
        isNext
      />
    </>
  )
}
