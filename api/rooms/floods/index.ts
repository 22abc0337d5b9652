/** The door of floods: places that go under water, how deep, and whether one gets through. */
export { asksForPoints } from './policy/question.ts'
export { type FloodsClient, floodRoutes } from './routes.ts'
export type { DeskPoint, FloodPoint, PointInput } from './schema.ts'
export { answerDepth, answerFloodPoints } from './service/answer.ts'
export { addFloodPoint, closeFloodPoint, editFloodPoint } from './service/desk.ts'
export { purgeDepths } from './service/say.ts'
