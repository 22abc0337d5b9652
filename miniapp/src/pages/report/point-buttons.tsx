import { useState } from 'preact/hooks'
import { type LngLat, roundForPublic } from '../../../../api/core/geo.ts'
import { platform } from '../../platform/index.ts'
import { resolvePlace } from '../../resident/calls.ts'
import { changeDraft, type DraftPhoto } from '../../resident/draft.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { Icon } from '../../ui/icons.tsx'

type Trouble = 'denied' | 'unavailable' | 'outside'

/** Names a point for the reader; the server decides its unit again when the report is sent. */
async function nameOf(at: LngLat): Promise<{ name?: string; isOutside: boolean }> {
  try {
    // Rounded, because an address line is no place for where somebody stands.
    const { outcome, candidates } = await resolvePlace(roundForPublic(at))
    const [first] = candidates
    return { isOutside: outcome === 'outside', ...(first ? { name: first.fullName } : {}) }
  } catch {
    // Without a network the point itself is enough.
    return { isOutside: false }
  }
}

async function choosePoint(at: LngLat, source: 'pin' | 'photo', accuracyM?: number) {
  const { name, isOutside } = await nameOf(at)
  if (isOutside) return false
  const what = t(source === 'pin' ? 'miniapp:place.here' : 'miniapp:place.photo')
  const parts = [
    what,
    name === undefined ? '' : t('miniapp:place.around', { unit: name }),
    accuracyM === undefined
      ? ''
      : t('miniapp:place.accuracy', { m: Math.max(5, Math.ceil(accuracyM)) }),
  ]
  changeDraft({
    place: { source, lng: at.lng, lat: at.lat, label: parts.filter(Boolean).join(', ') },
  })
  return true
}

/** "Where I stand" and, when a photo knows it, "where the photo was taken". */
export function PointButtons({ photos }: { photos: readonly DraftPhoto[] }) {
  const [isAsking, setAsking] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const taken = photos.find((photo) => photo.taken)?.taken
  const settle = async (work: () => Promise<Trouble | undefined>) => {
    setAsking(true)
    setTrouble(undefined)
    setTrouble(await work())
    setAsking(false)
  }
  const useHere = () =>
    settle(async () => {
      const answer = await platform().place()
      if (answer.kind !== 'found') return answer.kind
      const isInside = await choosePoint(answer, 'pin', answer.accuracyM)
      return isInside ? undefined : 'outside'
    })
  const usePhoto = (at: LngLat) =>
    settle(async () => ((await choosePoint(at, 'photo')) ? undefined : 'outside'))
  return (
    <div class="stack">
      <div class="button-row">
        <Button look="secondary" isBig isBusy={isAsking} onClick={useHere}>
          <Icon name="target" />
          {t(isAsking ? 'miniapp:place.asking' : 'miniapp:place.here')}
        </Button>
        {taken && (
          <Button look="secondary" isBig isBusy={isAsking} onClick={() => usePhoto(taken)}>
            <Icon name="photo" />
            {t('miniapp:place.photo')}
          </Button>
        )}
      </div>
      <p class="muted small">{t('miniapp:place.why')}</p>
      {trouble && (
        <Notice kind="warn">
          <p>{t(`miniapp:place.trouble.${trouble}`)}</p>
        </Notice>
      )}
    </div>
  )
}
