import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'

type Props = {
  title: string
  desk: { desk: unknown; lost: unknown; problem: unknown; load: () => void }
  children: ComponentChildren
}

/** The page of a desk: the way back, its name, what went wrong, and a sign while it is first read. */
export function DeskFrame({ title, desk: { desk, lost, problem, load }, children }: Props) {
  return (
    <div class="desk-narrow stack alert-desk">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{title}</h1>
      {lost !== undefined && <ProblemNotice problem={lost} onRetry={load} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {desk === undefined && lost === undefined && <Skeleton />}
      {children}
    </div>
  )
}
