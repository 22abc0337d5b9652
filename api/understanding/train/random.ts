/** Deterministic numbers (mulberry32): the same seed, the same training, on every machine. */
export type Dice = {
  /** 0 ≤ x < 1. */
  next(): number
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: (list) => {
      const item = list[below(list.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    chance: (share) => next() < share,
  }
}

/** Seed of a text, so that each sentence varies alike wherever it stands. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Mixes a list in place. */
export function shuffle<T>(list: T[], d: Dice): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = d.below(i + 1)
    const [a, b] = [list[i], list[j]] as [T, T]
    list[i] = b
    list[j] = a
  }
}
