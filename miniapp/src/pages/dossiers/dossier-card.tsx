import { useState } from 'preact/hooks'
import { OutLink } from '../../resident/out-link.tsx'
import { useSignedIn } from '../../resident/session.ts'
import { SignIn } from '../../resident/sign-in.tsx'
import { useConsented } from '../../resident/use-consented.tsx'
import { t } from '../../shared/i18n.ts'
import { timeText } from '../../shared/words.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Timeline } from '../../ui/case-parts.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type Asked, type Dossier, type Followed, followDossier, unfollowDossier } from './calls.ts'
import { Relatives } from './relatives.tsx'

function Details({ details }: { details: NonNullable<Dossier['details']> }) {
  const { applicantMasked, missingPapers, fee, lateReason, resultPlace } = details
  const rows = [
    [t('screens:dossier.applicant'), applicantMasked],
    [t('screens:dossier.fee'), fee && `${fee.amountVnd.toLocaleString('vi-VN')} đ`],
    [t('screens:dossier.late_reason'), lateReason],
    [t('screens:dossier.result_place'), resultPlace],
  ].filter(([, value]) => value)
  return (
    <>
      {missingPapers.length > 0 && (
        <Notice kind="warn" title={t('screens:dossier.missing')}>
          <ul>
            {missingPapers.map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
        </Notice>
      )}
      <dl class="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

type FollowProps = { asked: Asked; isFollowed: boolean; onChange: () => void }

/** Be told each step; the consent is asked for where none holds yet. */
function Follow({ asked, isFollowed, onChange }: FollowProps) {
  const isSignedIn = useSignedIn()
  const [isOn, setOn] = useState(isFollowed)
  const [isAsking, setAsking] = useState(false)
  const { isBusy, problem, isWaiting, ask, run } = useConsented()
  const change = async () => {
    if (!isSignedIn) return setAsking(true)
    const done = await run(async (agreed) => {
      if (isOn) await unfollowDossier(asked.code)
      else await followDossier({ ...asked, ...agreed })
      return true
    })
    if (done === undefined) return
    setOn(!isOn)
    onChange()
  }
  return (
    <div class="stack tight" aria-live="polite">
      {ask}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {isOn && <p>{t('screens:dossier.following')}</p>}
      <div class="button-row">
        <Button look="secondary" isBusy={isBusy} isDisabled={isWaiting} onClick={change}>
          <Icon name={isOn ? 'close' : 'bell'} />
          {t(isOn ? 'screens:dossier.unfollow' : 'screens:dossier.follow')}
        </Button>
      </div>
      {isAsking && !isSignedIn && (
        <Sheet
          title={t('screens:me_too.sign_in')}
          closeLabel={t('screens:close')}
          onClose={() => setAsking(false)}
        >
          <SignIn />
        </Sheet>
      )}
    </div>
  )
}

type CardProps = {
  dossier: Dossier
  asked: Asked
  /** As the reader follows it. */
  followed?: Followed
  onChange?: () => void
}

const nothing = () => undefined

/** One dossier: whom it waits for and until when come before its steps. */
export function DossierCard({ dossier, asked, followed, onChange = nothing }: CardProps) {
  const { code, stateName, plain, waitsText, timeText: left, apology, steps, details } = dossier
  // Among those followed it stands under a heading of its own.
  const Title = followed ? 'h3' : 'h2'
  return (
    <Card>
      <Title>{dossier.procedureName}</Title>
      <p class="muted">
        {code} · {dossier.agencyName}
      </p>
      <p class="badges">
        <span class="badge moving">{stateName}</span>
      </p>
      <p>{plain}</p>
      <p>{waitsText}</p>
      {left && (
        <p class="due">
          <Icon name="clock" /> {left}
        </p>
      )}
      {dossier.calendarUrl && (
        <p>
          <OutLink href={dossier.calendarUrl}>{t('screens:appointment.calendar')}</OutLink>
        </p>
      )}
      {apology && (
        <Notice kind="warn">
          <p>{apology}</p>
        </Notice>
      )}
      {details && <Details details={details} />}
      {steps.length > 0 && (
        <details>
          <summary>{t('miniapp:case.timeline')}</summary>
          <Timeline
            steps={steps.map((step) => ({ title: step.stateName, at: timeText(step.at) }))}
          />
        </details>
      )}
      {followed && <Relatives followed={followed} onChange={onChange} />}
      <Follow asked={asked} isFollowed={followed !== undefined} onChange={onChange} />
      <p class="muted small">
        {dossier.updatedText}.{' '}
        <OutLink href={dossier.portalUrl}>{t('screens:dossier.portal')}</OutLink>
      </p>
    </Card>
  )
}
