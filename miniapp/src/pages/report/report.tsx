import { ForgetfulNotice } from '../../offline/forgetful-notice.tsx'
import { useAhead } from '../../offline/use-kept.ts'
import { getReportConsent } from '../../resident/calls.ts'
import { Page } from '../../resident/page.tsx'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { PhotosStep } from './photos-step.tsx'
import { PlaceStep } from './place-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { isStep, STEPS, type Step } from './steps.ts'
import { usePhotos } from './use-photos.ts'
import { WhatStep } from './what-step.tsx'

function Progress({ step }: { step: Step }) {
  const at = STEPS.indexOf(step) + 1
  return (
    <div class="progress">
      <p class="muted small">{t('miniapp:report.step', { at, of: STEPS.length })}</p>
      <div class="progress-bar" aria-hidden="true">
        {STEPS.map((name, i) => (
          <span key={name} class={i < at ? 'on' : ''} />
        ))}
      </div>
    </div>
  )
}

/** The report in four steps; each has its address, and the draft is kept on the device at every key. */
export function ReportPage({ step: asked }: { step: string }) {
  const step = isStep(asked) ? asked : 'photos'
  // Asked now, because at the last step there may be no signal any more.
  useAhead('consent', getReportConsent)
  const uploads = usePhotos()
  const before = STEPS[STEPS.indexOf(step) - 1]
  const back = before
    ? { href: `#/report/${before}`, label: t('miniapp:nav.back') }
    : { href: '#/', label: t('miniapp:nav.home') }
  return (
    <Page title={t(asKey(`miniapp:report.${step}.title`))} back={back}>
      <Progress step={step} />
      <ForgetfulNotice />
      {step === 'photos' && <PhotosStep uploads={uploads} />}
      {step === 'place' && <PlaceStep />}
      {step === 'what' && <WhatStep />}
      {step === 'review' && <ReviewStep />}
    </Page>
  )
}
