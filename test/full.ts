/** True in `npm run test:full`: the large matrices, too slow for every change. */
export const isFull = process.env.LOA_TEST_FULL === '1'

/** Runs of a random test: ten times as many in the full run. */
export const runs = (usual: number): number => (isFull ? usual * 10 : usual)
