import { useEffect, useState } from 'preact/hooks'
import type { CallInput, CallView } from '../../../../api/rooms/sos/schema.ts'
import { platform } from '../../platform/index.ts'
import {
  endCall,
  forgetCall,
  type Kept,
  keepCall,
  keptCall,
  newSecret,
  readCall,
  sendCall,
} from './call.ts'

const TRY_EVERY_MS = 5_000
const LOOK_EVERY_MS = 10_000

/** The call of this device: sent until it is there, then looked at until it is over. */
export function useCall() {
  const [kept, setKept] = useState<Kept | undefined>(keptCall)
  const [view, setView] = useState<CallView>()
  const [problem, setProblem] = useState<unknown>()
  const [isHeldUp, setHeldUp] = useState(false)

  const keep = (next: Kept) => {
    keepCall(next)
    setKept(next)
  }
  const send = async (input: CallInput) => {
    const sent = await sendCall(input)
    // More may have been said meanwhile: that goes with the next try.
    const isLatest = JSON.stringify(keptCall()?.input ?? input) === JSON.stringify(input)
    setHeldUp(sent.outcome !== 'sent')
    if (sent.outcome === 'sent') {
      setView(sent.view)
      if (isLatest) keep({ input: { ...input, words: undefined }, isSent: true, at: Date.now() })
    }
    setProblem(sent.outcome === 'refused' ? sent.problem : undefined)
  }
  const tell = (more: Omit<CallInput, 'secret'>) => {
    const before = keptCall()?.input
    const unsent = [before?.words, more.words].filter((said) => said !== undefined).join('\n')
    const words = unsent === '' ? undefined : unsent
    const input = { secret: newSecret(), ...before, ...more, words }
    keep({ input, isSent: false, at: Date.now() })
    void send(input)
  }
  const start = () => {
    tell({})
    platform()
      .place()
      .then((answer) => {
        if (answer.kind === 'found') tell({ at: { lng: answer.lng, lat: answer.lat } })
      })
      .catch(() => undefined)
  }
  const end = async (as: 'safe' | 'withdrawn') => {
    if (kept === undefined) return
    if (!kept.isSent) {
      forgetCall()
      return setKept(undefined)
    }
    try {
      setView(await endCall(kept.input.secret, as))
      setProblem(undefined)
    } catch (caught) {
      setProblem(caught)
    }
  }
  const forget = () => {
    forgetCall()
    setKept(undefined)
    setView(undefined)
  }

  const isOver = view?.endedAt != null
  useEffect(() => {
    if (kept === undefined || isOver) return
    const { input, isSent } = kept
    const look = () =>
      isSent ? readCall(input.secret).then(setView, () => undefined) : send(input)
    if (isSent && view === undefined) void look()
    const timer = setInterval(() => void look(), isSent ? LOOK_EVERY_MS : TRY_EVERY_MS)
    const stop = platform().onOnline((isOnline) => {
      if (isOnline) void look()
    })
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [kept, isOver])
  return { kept, view, problem, isHeldUp, start, tell, end, forget }
}
