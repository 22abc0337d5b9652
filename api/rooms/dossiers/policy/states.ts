/** The ten states of the National Public Service Portal, by their national number. */
export const STATES = {
  1: 'registered',
  2: 'received',
  3: 'not_received',
  4: 'processing',
  5: 'supplement',
  6: 'payment',
  7: 'withdrawn',
  8: 'stopped',
  9: 'done',
  10: 'returned',
} as const
export type StateNumber = keyof typeof STATES
export type StateName = (typeof STATES)[StateNumber]

export const STATE_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const
/** The clock has stopped for good. */
export const END_STATES: readonly StateNumber[] = [3, 7, 8, 9, 10]
export const isEnd = (state: StateNumber): boolean => END_STATES.includes(state)

/** Whose turn it is; `fetch`: the result lies at the desk. */
export type WaitsFor = 'desk' | 'office' | 'applicant' | 'nobody' | 'fetch'
const WAITS: Record<StateNumber, WaitsFor> = {
  1: 'desk',
  2: 'office',
  3: 'nobody',
  4: 'office',
  5: 'applicant',
  6: 'applicant',
  7: 'nobody',
  8: 'nobody',
  9: 'fetch',
  10: 'nobody',
}
export const waitsFor = (state: StateNumber): WaitsFor => WAITS[state]

/** Names of the states as exports write them, folded, beside their numbers. */
const WORDS: Readonly<Record<string, StateNumber>> = {
  'moi dang ky': 1,
  'moi tiep nhan qua mang': 1,
  'cho tiep nhan': 1,
  'duoc tiep nhan': 2,
  'da tiep nhan': 2,
  'moi tiep nhan': 2,
  'khong duoc tiep nhan': 3,
  'tu choi tiep nhan': 3,
  'tu choi': 3,
  'dang xu ly': 4,
  'dang giai quyet': 4,
  'yeu cau bo sung giay to': 5,
  'yeu cau bo sung': 5,
  'cho bo sung': 5,
  'bo sung': 5,
  'yeu cau thuc hien nghia vu tai chinh': 6,
  'nghia vu tai chinh': 6,
  'cho thuc hien nghia vu tai chinh': 6,
  'cong dan yeu cau rut ho so': 7,
  'rut ho so': 7,
  'da rut': 7,
  'dung xu ly': 8,
  'da xu ly xong': 9,
  'da giai quyet': 9,
  'da co ket qua': 9,
  'cho tra ket qua': 9,
  'da tra ket qua': 10,
  'da tra': 10,
}

/** A state as an export writes it: its number (also `09`) or its name; `folded` is the text without marks. */
export function readState(folded: string): StateNumber | undefined {
  const number = /^0?\d{1,2}$/.test(folded) ? Number(folded) : undefined
  return number === undefined ? WORDS[folded] : STATE_NUMBERS.find((state) => state === number)
}
