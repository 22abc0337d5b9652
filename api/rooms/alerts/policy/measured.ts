import type { MessageType } from '../schema.ts'

/** What is being told about a station now, and what waits to be told. */
export type Told = { level: number; isOver: boolean } | null

export type MeasuredStep =
  /** Say this, about a river at this stage. */
  | { do: 'tell'; as: Exclude<MessageType, 'cancel'>; level: number }
  /** Nothing was told, and nothing is to be: a draft that waits is no longer true. */
  | { do: 'forget' }
  | { do: 'nothing' }

/**
 * What a change of stage asks for. Each stage is told once on the way up and once on each agreed step down; below all
 * stages the river is said to be clear, if anything was said before.
 */
export function measuredStep(told: Told, stage: number): MeasuredStep {
  const isTold = told !== null && !told.isOver
  if (stage === 0) return isTold ? { do: 'tell', as: 'all_clear', level: 1 } : { do: 'forget' }
  if (!isTold) return { do: 'tell', as: 'alert', level: stage }
  return told.level === stage ? { do: 'nothing' } : { do: 'tell', as: 'update', level: stage }
}
