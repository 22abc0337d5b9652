/** The door of calls for rescue: taken at the first word, told to whoever is on duty until somebody has it. */
export { sosFlows } from './chat.ts'
export { tellDueRounds } from './jobs.ts'
export { officialChoices } from './messages.ts'
export { endSos, moveSos } from './service/move.ts'
export { raiseSos } from './service/raise.ts'
