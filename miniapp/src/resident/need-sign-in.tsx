import { t } from '../shared/i18n.ts'
import { Card } from '../ui/card.tsx'
import { SignIn } from './sign-in.tsx'

/** What a page that belongs to one person shows to nobody in particular: why, and how to sign in right here. */
export function NeedSignIn({ why }: { why: string }) {
  return (
    <>
      <p>{why}</p>
      <Card title={t('screens:sign_in.title')}>
        <SignIn />
      </Card>
    </>
  )
}
