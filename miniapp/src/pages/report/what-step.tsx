import { useState } from 'preact/hooks'
import { CategoryChoice } from '../../resident/category-choice.tsx'
import { changeDraft, MAX_DESCRIPTION, missingParts, useDraft } from '../../resident/draft.ts'
import { useHotlines } from '../../resident/emergency.tsx'
import { MainAction } from '../../resident/main-action.tsx'
import { t } from '../../shared/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { Check, TextArea } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { goTo } from './steps.ts'
import { Suggestions, useSuggestions } from './suggestions.tsx'

/** A danger is for the telephone; the report goes along. */
function DangerNotice() {
  const short = useHotlines().filter(({ phone }) => phone.length === 3 && phone !== '113')
  return (
    <Notice kind="error" title={t('miniapp:danger.title')}>
      <p>{t('miniapp:danger.text')}</p>
      <div class="button-row">
        {short.map(({ code, phone, name }) => (
          <a
            key={code}
            class="button danger"
            href={`tel:${phone}`}
            aria-label={`${phone}, ${name}`}
          >
            <Icon name="phone" /> {phone}
          </a>
        ))}
      </div>
    </Notice>
  )
}

/** Step 3. What happened, in the reader's own words. */
export function WhatStep() {
  const draft = useDraft()
  const [isAsked, setAsked] = useState(false)
  const found = useSuggestions(draft.description)
  const missing = isAsked ? missingParts(draft) : []
  const next = () => {
    const isWhole = missingParts(draft).every((part) => part === 'place')
    if (isWhole) goTo('review')
    else setAsked(true)
  }
  return (
    <>
      <TextArea
        label={t('miniapp:what.description')}
        hint={t('miniapp:what.description.hint')}
        value={draft.description}
        maxLength={MAX_DESCRIPTION}
        isRequired
        onInput={(description) => changeDraft({ description })}
        {...(missing.includes('description') ? { error: t('miniapp:missing.description') } : {})}
      />
      <Suggestions
        found={found}
        chosen={draft.category}
        onChoose={(category) => changeDraft({ category })}
      />
      <CategoryChoice
        chosen={draft.category}
        onChange={(category) => changeDraft({ category })}
        {...(missing.includes('category') ? { error: t('miniapp:missing.category') } : {})}
      />
      <Card>
        <Check
          label={t('miniapp:what.urgent')}
          hint={t('miniapp:what.urgent.hint')}
          isOn={draft.isUrgent}
          onChange={(isUrgent) => changeDraft({ isUrgent })}
        />
        {draft.isUrgent && <DangerNotice />}
        <Check
          label={t('miniapp:what.hides_identity')}
          hint={t('miniapp:what.hides_identity.hint')}
          isOn={draft.hidesIdentity}
          onChange={(hidesIdentity) => changeDraft({ hidesIdentity })}
        />
      </Card>
      <MainAction label={t('miniapp:nav.next')} onPress={next} isNext />
    </>
  )
}
