import './channels.css'
import { useEffect, useState } from 'preact/hooks'
import type { Message } from '../../../../api/chat/message.ts'
import { ApiProblem, postJson } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { ChannelFrame, type Preview } from './frame.tsx'

/** Most used first; what the server renders but this page does not know comes last. */
const ORDER = ['zalo-oa', 'zalo-bot', 'telegram', 'web']
const place = (channel: string) => (ORDER.includes(channel) ? ORDER.indexOf(channel) : ORDER.length)

type Loaded = { previews: readonly Preview[]; problem?: unknown }

function usePreviews(messages: readonly Message[]): Loaded & { retry: () => void } {
  const [loaded, setLoaded] = useState<Loaded>({ previews: [] })
  const [tries, setTries] = useState(0)
  const body = JSON.stringify({ messages })
  useEffect(() => {
    if (messages.length === 0) return
    let isOver = false
    postJson<{ channels: Preview[] }>('/chat/preview', JSON.parse(body))
      .then(({ channels }) => {
        const previews = channels.toSorted((a, b) => place(a.channel) - place(b.channel))
        if (!isOver) setLoaded({ previews })
      })
      .catch((problem: unknown) => {
        if (!isOver) setLoaded((before) => ({ ...before, problem }))
      })
    return () => {
      isOver = true
    }
  }, [body, tries])
  return { ...loaded, retry: () => setTries((n) => n + 1) }
}

type SimulatorProps = {
  messages: readonly Message[]
  onChoose: (id: string, label: string) => void
}

/** The latest answer on each channel, drawn from the very calls that would be sent there. */
export function Simulator({ messages, onChoose }: SimulatorProps) {
  const { previews, problem, retry } = usePreviews(messages)
  const labels = new Map(messages.flatMap((m) => m.choices ?? []).map((c) => [c.id, c.label]))
  return (
    <section class="sim" aria-labelledby="sim-title">
      <div class="sim-intro">
        <h2 id="sim-title">{t('webchat:sim.title')}</h2>
        <p class="muted small">{t('webchat:sim.intro')}</p>
      </div>
      {problem instanceof ApiProblem && <ProblemNotice problem={problem} onRetry={retry} />}
      {messages.length === 0 ? (
        <p class="muted">{t('webchat:sim.empty')}</p>
      ) : (
        <ul class="sim-frames">
          {previews.map((preview) => (
            <ChannelFrame
              key={preview.channel}
              preview={preview}
              messages={messages}
              onChoose={(id, label) => onChoose(id, labels.get(id) ?? label)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}
