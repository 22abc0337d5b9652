import { useEffect, useState } from 'preact/hooks'
import { useWork } from '../access/use-work.ts'

/** A draft that is open in its sheet: what stands in it at first, and of what it is a change. */
export type Open<Draft> = { first: Draft; of?: { id: string; version: number } }

/**
 * A desk and what is done on it: read at first, and again after each step, so that what another did meanwhile is seen
 * even when the own step failed. What stands on the page stays there while it is read again.
 */
export function useDesk<Desk, Draft>(read: () => Promise<Desk>) {
  const [desk, setDesk] = useState<Desk>()
  const [lost, setLost] = useState<unknown>()
  const [open, setOpen] = useState<Open<Draft>>()
  const { isBusy, problem, run } = useWork()
  const load = async () => {
    try {
      setDesk(await read())
      setLost(undefined)
    } catch (caught) {
      setLost(caught)
    }
  }
  useEffect(() => void load(), [])
  return {
    ...{ desk, lost, open, setOpen, isBusy, problem },
    load: () => void load(),
    act: (work: () => Promise<unknown>) => void run(work).then(load),
  }
}
