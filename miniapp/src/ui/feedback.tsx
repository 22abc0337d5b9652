import type { ComponentChildren } from 'preact'
import { ApiProblem } from '../shared/api.ts'
import { useIsDemo } from '../shared/demo.ts'
import { t } from '../shared/i18n.ts'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icons.tsx'

type Kind = 'info' | 'ok' | 'warn' | 'error'

const ICONS: Record<Kind, IconName> = {
  info: 'info',
  ok: 'check',
  warn: 'warning',
  error: 'warning',
}

type NoticeProps = { kind?: Kind; title?: string; children?: ComponentChildren }

/** A framed remark; errors interrupt a screen reader, the rest wait their turn. */
export function Notice({ kind = 'info', title, children }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon name={ICONS[kind]} />
      <div class="stack tight">
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}

/** "Dữ liệu minh họa, không phải tin thật", on every page of a demonstration. */
export function DemoBanner() {
  const text = t('miniapp:demo.banner')
  return useIsDemo() ? (
    <aside class="demo-banner" aria-label={text}>
      {text}
    </aside>
  ) : null
}

/** Announced once; `label` says what is awaited. */
export function Spinner({ label }: { label?: string }) {
  return (
    <p class="spinner" role="status">
      {label ?? t('miniapp:loading')}
    </p>
  )
}

/** Grey rows in the shape of what is coming. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div class="skeleton" role="status" aria-label={t('miniapp:loading')}>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} />
      ))}
    </div>
  )
}

type ProblemProps = { problem: unknown; onRetry?: () => void }

/** Any failure, in words: what happened, what to do, and the support code when the server gave one. */
export function ProblemNotice({ problem, onRetry }: ProblemProps) {
  const known = problem instanceof ApiProblem ? problem : undefined
  const isOffline = known?.code === 'network.offline' || known?.code === 'network.timeout'
  return (
    <Notice
      kind={isOffline ? 'warn' : 'error'}
      title={isOffline ? t('miniapp:problem.offline_title') : t('miniapp:problem.title')}
    >
      <p>
        {isOffline ? t('miniapp:problem.offline') : (known?.detail ?? t('miniapp:problem.unknown'))}
      </p>
      {known && known.issues.length > 0 && (
        <ul>
          {known.issues.map((issue) => (
            <li key={issue.path}>{issue.message}</li>
          ))}
        </ul>
      )}
      {known?.requestId && (
        <p class="small">{t('miniapp:problem.support', { code: known.requestId })}</p>
      )}
      {onRetry && (
        <div>
          <Button look="secondary" onClick={onRetry}>
            {t('miniapp:problem.retry')}
          </Button>
        </div>
      )}
    </Notice>
  )
}
