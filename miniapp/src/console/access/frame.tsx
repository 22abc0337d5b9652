import './sign-in.css'
import type { ComponentChildren } from 'preact'
import { setLanguage, t, useLanguage } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { DemoBanner } from '../../ui/feedback.tsx'

type FrameProps = { title: string; intro: string; children: ComponentChildren }

/** Every page before somebody is in: the sign, what this step is, and the other language. */
export function AccessFrame({ title, intro, children }: FrameProps) {
  const language = useLanguage()
  return (
    <div class="desk-signin-page">
      <DemoBanner />
      <main class="desk-signin">
        <img src="./loa.svg" alt="" width="64" height="64" />
        <h1>{title}</h1>
        <p class="muted">{intro}</p>
        {children}
        <Button look="quiet" onClick={() => void setLanguage(language === 'vi' ? 'en' : 'vi')}>
          {language === 'vi' ? 'English' : 'Tiếng Việt'}
        </Button>
      </main>
    </div>
  )
}

/** The same around a step that is still coming. */
export const ComingFrame = ({ children }: { children: ComponentChildren }) => (
  <AccessFrame title={t('console:signin.title')} intro={t('console:signin.intro')}>
    {children}
  </AccessFrame>
)

/** A form that only the keyboard's Enter or its button sends. */
export function AccessForm({
  onSubmit,
  children,
}: {
  onSubmit: () => void
  children: ComponentChildren
}) {
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
