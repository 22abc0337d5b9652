import { useEffect } from 'preact/hooks'
import { ForwardSheet } from '../incident/sheets.tsx'
import { useCase } from '../incident/use-case.ts'

type ForwardProps = { id: string; onClose: () => void; onDone: () => void }

/** The second tap of accept-and-forward, from the list: the agencies of this case, the usual one first. */
export function QuickForward({ id, onClose, onDone }: ForwardProps) {
  const { state, move } = useCase(id)
  const { incident, done } = state
  useEffect(() => {
    if (done) onDone()
  }, [done])
  if (incident === undefined) return null
  const kind = incident.moves.includes('assign') ? 'assign' : 'accept_and_assign'
  return (
    <ForwardSheet kind={kind} incident={incident} state={state} move={move} onClose={onClose} />
  )
}
