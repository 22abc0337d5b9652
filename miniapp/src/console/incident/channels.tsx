import { useState } from 'preact/hooks'
import type { Message } from '../../../../api/chat/message.ts'
import type { Preview } from '../../chat/channels/frame.tsx'
import { postJson } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { previewMove } from '../calls.ts'
import { ChannelFrame } from '../channel-frame.tsx'
import type { OfficialMove } from '../types.ts'
import { wordsOr } from '../words.ts'

type Shown = { channel: string; message: Message | null; frames: readonly Preview[] }

async function read(id: string, move: OfficialMove): Promise<Shown> {
  const { channel, message } = await previewMove(id, move)
  if (message === null) return { channel, message, frames: [] }
  const body = { messages: [message] }
  const { channels } = await postJson<{ channels: Preview[] }>('/chat/preview', body)
  const isOwn = (one: Preview) => Number(one.channel === channel)
  return { channel, message, frames: channels.toSorted((a, b) => isOwn(b) - isOwn(a)) }
}

/** What the sender will read, as each channel shows it, the one the report came by first. */
export function Channels({ id, move }: { id: string; move: OfficialMove }) {
  const [shown, setShown] = useState<Shown>()
  const { isBusy, problem, run } = useWork()
  const look = async () => setShown(await run(() => read(id, move)))
  return (
    <div class="stack tight">
      <Button look="secondary" isBusy={isBusy} onClick={() => void look()}>
        {t('console:preview.channels')}
      </Button>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div role="status">
        {shown && (
          <p class="muted small">
            {t(shown.message === null ? 'console:preview.nobody' : 'console:preview.came_by', {
              channel: wordsOr(`console:channel.${shown.channel}`, shown.channel),
            })}
          </p>
        )}
      </div>
      {shown?.message && (
        <ul class="desk-channels">
          {shown.frames.map((frame) => (
            <ChannelFrame key={frame.channel} frame={frame} />
          ))}
        </ul>
      )}
    </div>
  )
}
