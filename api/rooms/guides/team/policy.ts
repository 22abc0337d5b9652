import type { ActivityInput, TeamBoard } from './schema.ts'

type Task = ActivityInput['task']
type Hamlet = { id: string; name: string }
export type Tally = {
  hamletId: string | null
  task: Task
  times: number
  people: number
  lastOn: string
}

/** Requests for help at home; `waiting` of those that were asked. */
export type HelpTally = { hamletId: string; asked: number; done: number; waiting: number }

export const TASKS: readonly Task[] = ['install', 'protect', 'teach', 'spread', 'gather']

const NONE_ASKED: HelpTally = { hamletId: '', asked: 0, done: 0, waiting: 0 }

const sum = (tallies: readonly Tally[], of: 'times' | 'people'): number =>
  tallies.reduce((all, tally) => all + tally[of], 0)

/** Every hamlet with all five tasks, those that the team has reached least first. */
export function boardOf(
  hamlets: readonly Hamlet[],
  tallies: readonly Tally[],
  asked: readonly HelpTally[] = [],
): Pick<TeamBoard, 'hamlets' | 'training'> {
  const rows = hamlets.map(({ id, name }) => {
    const own = tallies.filter(({ hamletId }) => hamletId === id)
    const tasks = TASKS.map((task) => {
      const of = own.filter((tally) => tally.task === task)
      return { task, times: sum(of, 'times'), people: sum(of, 'people') }
    })
    const covered = tasks.filter(({ times }) => times > 0).length
    const lastOn =
      own
        .map((tally) => tally.lastOn)
        .sort()
        .at(-1) ?? null
    const { hamletId: _id, ...help } = asked.find(({ hamletId }) => hamletId === id) ?? NONE_ASKED
    return { id, name, tasks, covered, people: sum(own, 'people'), lastOn, help }
  })
  const training = tallies.filter(({ hamletId }) => hamletId === null)
  return {
    hamlets: rows.sort((a, b) => a.covered - b.covered || a.people - b.people),
    training: { times: sum(training, 'times'), people: sum(training, 'people') },
  }
}
