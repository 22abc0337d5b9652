import { addWords } from '../../shared/i18n.ts'

/** The page with the residents' words, for a preview in their own. */
export async function lessonsPart() {
  const [{ LessonsPage }] = await Promise.all([
    import('./page.tsx'),
    addWords({
      screens: {
        vi: () => import('../../../../locales/vi/screens.json', { with: { type: 'json' } }),
        en: () => import('../../../../locales/en/screens.json', { with: { type: 'json' } }),
      },
    }),
  ])
  return LessonsPage
}
