import { useState } from 'preact/hooks'
import type { CategoryId } from '../../../../api/rooms/incidents/schema.ts'
import { CATEGORIES, FREQUENT_COUNT } from '../../resident/categories.ts'
import { changeDraft, missingParts, useDraft } from '../../resident/draft.ts'
import { useHotlines } from '../../resident/emergency.tsx'
import { MainAction } from '../../resident/main-action.tsx'
import { t } from '../../shared/i18n.ts'
import { categoryName } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Choices } from '../../ui/choices.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { Check, TextArea } from '../../ui/field.tsx'
import { CategoryIcon, Icon } from '../../ui/icons.tsx'
import { goTo } from './steps.ts'

const MAX_DESCRIPTION = 4_000

type CategoryProps = { chosen: CategoryId | undefined; error?: string }

function CategoryChoice({ chosen, error }: CategoryProps) {
  const isRare = chosen !== undefined && CATEGORIES.indexOf(chosen) >= FREQUENT_COUNT
  const [isAll, setAll] = useState(isRare)
  const shown = isAll ? CATEGORIES : CATEGORIES.slice(0, FREQUENT_COUNT)
  return (
    <div class="stack tight">
      <Choices
        legend={t('miniapp:what.category')}
        look="tiles"
        options={shown.map((category) => ({
          value: category,
          label: categoryName(category),
          icon: <CategoryIcon category={category} />,
        }))}
        value={chosen}
        onChange={(category) => changeDraft({ category })}
        {...(error ? { error } : {})}
      />
      {!isAll && (
        <div>
          <Button look="quiet" onClick={() => setAll(true)}>
            {t('miniapp:what.more', { count: CATEGORIES.length - FREQUENT_COUNT })}
          </Button>
        </div>
      )}
    </div>
  )
}

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
  const missing = isAsked ? missingParts(draft) : []
  const next = () => {
    const isWhole = missingParts(draft).every((part) => part === 'place')
    if (isWhole) goTo('review')
    else setAsked(true)
  }
  return (
    <>
      <CategoryChoice
        chosen={draft.category}
        {...(missing.includes('category') ? { error: t('miniapp:missing.category') } : {})}
      />
      <TextArea
        label={t('miniapp:what.description')}
        hint={t('miniapp:what.description.hint')}
        value={draft.description}
        maxLength={MAX_DESCRIPTION}
        isRequired
        onInput={(description) => changeDraft({ description })}
        {...(missing.includes('description') ? { error: t('miniapp:missing.description') } : {})}
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
