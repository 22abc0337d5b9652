/** How many of the answers are right; an answer is the number of its option, from 0. */
export const countRight = (
  questions: readonly { answer: number }[],
  answers: readonly number[],
): number => questions.filter(({ answer }, i) => answers[i] === answer).length

type Result = { right: number; asked: number; doneOn: string }

/** Learned once stays learned: the better share of right answers, the later at the same share. */
export function better(known: Result | undefined, now: Result): Result {
  if (known === undefined) return now
  const isWorse = now.right * known.asked < known.right * now.asked
  return isWorse ? known : now
}
