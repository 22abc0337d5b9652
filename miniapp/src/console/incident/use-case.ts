import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ApiProblem } from '../../shared/api.ts'
import { getCase, moveCase } from '../calls.ts'
import type { CaseView, OfficialMove, StaleChange } from '../types.ts'

/** `propose` is an answer that an approver has to read first. */
export type Done = { kind: OfficialMove['kind'] | 'propose'; agency?: string }

export type CaseState = {
  incident?: CaseView
  problem?: unknown
  /** Somebody else was quicker: what happened meanwhile, and the case as this page had it. */
  stale?: StaleChange & { seen: CaseView }
  /** The move that was just made here, to say so. */
  done?: Done
  isBusy: boolean
}

const isStale = (value: unknown): value is StaleChange =>
  typeof value === 'object' && value !== null && 'steps' in value && Array.isArray(value.steps)

/** One case: loads it, looks again when the window is seen, and makes moves on the version that is shown. */
export function useCase(id: string) {
  const [state, setState] = useState<CaseState>({ isBusy: false })
  const isAlive = useRef(true)
  const isMoving = useRef(false)
  const patch = (next: Partial<CaseState>) => {
    if (isAlive.current) setState((before) => ({ ...before, ...next }))
  }
  const load = useCallback(async () => {
    try {
      patch({ incident: await getCase(id), problem: undefined })
    } catch (problem) {
      patch({ problem })
    }
  }, [id])
  useEffect(() => {
    isAlive.current = true
    void load()
    const whenSeen = () => {
      if (document.visibilityState === 'visible' && !isMoving.current) void load()
    }
    addEventListener('focus', whenSeen)
    return () => {
      isAlive.current = false
      removeEventListener('focus', whenSeen)
    }
  }, [load])

  /** True when the move was made. On a stale version the case is loaded anew; what was typed stays with its form. */
  const move = async (wanted: OfficialMove): Promise<boolean> => {
    const { incident } = state
    if (incident === undefined || isMoving.current) return false
    isMoving.current = true
    patch({ isBusy: true, problem: undefined, stale: undefined, done: undefined })
    try {
      const after = await moveCase(id, incident.version, wanted)
      const agency = 'agencyCode' in wanted ? after.agency?.name : undefined
      patch({
        incident: after,
        done: {
          kind: after.state === 'answer_proposed' ? 'propose' : wanted.kind,
          ...(agency === undefined ? {} : { agency }),
        },
      })
      return true
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'incidents.stale') {
        const { changed } = problem
        const change = isStale(changed) ? changed : { version: 0, state: '', steps: [] }
        patch({ stale: { ...change, seen: incident } })
        await load()
      } else patch({ problem })
      return false
    } finally {
      isMoving.current = false
      patch({ isBusy: false })
    }
  }
  return { state, load, move, clearDone: () => patch({ done: undefined }) }
}
