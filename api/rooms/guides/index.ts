/** The door of digital skills: lessons, their search, and their versions. */
export { guideInChat, stuckInChat } from './chat.ts'
export { guideRoutes } from './routes.ts'
export { seedLessons } from './service/seed.ts'
