import { useState } from 'preact/hooks'
import type { PublicIncident } from '../../../../api/rooms/incidents/schema.ts'
import { follow, getFollowing, unfollow } from '../../resident/own-calls.ts'
import { useSignedIn } from '../../resident/session.ts'
import { SignIn } from '../../resident/sign-in.tsx'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Sheet } from '../../ui/sheet.tsx'

/** Closed cases and those that go on elsewhere have no more steps to tell. */
const ENDED = ['closed', 'refused', 'duplicate', 'withdrawn', 'received', 'needs_info']

const others = (count: number) =>
  count === 0 ? t('screens:me_too.nobody') : t('screens:me_too.others', { count })

/** "Me too" on somebody else's case: it counts, and its steps are told. */
export function MeToo({ incident }: { incident: PublicIncident }) {
  const { publicCode: code } = incident
  const isSignedIn = useSignedIn()
  const [isAsking, setAsking] = useState(false)
  const [known, reload] = useLoad(isSignedIn ? code : undefined, () => getFollowing(code))
  const { isBusy, problem, run } = useWork()
  if (ENDED.includes(incident.state)) return null
  const following = known.state === 'ready' ? known.data : undefined
  const isFollowing = following?.isFollowing ?? false
  const change = async () => {
    if (!isSignedIn) return setAsking(true)
    if (await run(() => (isFollowing ? unfollow(code) : follow(code)))) reload()
  }
  return (
    <Card>
      <p>
        {isFollowing ? t('screens:me_too.on') : others(following?.followers ?? incident.followers)}
      </p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="button-row">
        <Button look={isFollowing ? 'secondary' : 'primary'} isBusy={isBusy} onClick={change}>
          <Icon name={isFollowing ? 'close' : 'bell'} />
          {t(isFollowing ? 'incidents:act.unfollow' : 'screens:me_too.do')}
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
    </Card>
  )
}
