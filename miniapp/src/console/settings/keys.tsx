import { useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { Settings } from '../../../../api/rooms/console/index.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { createKey, revokeKey } from './calls.ts'

/** Keys of partner systems: made, shown once, ended. */
export function Keys({ keys, onChanged }: { keys: Settings['keys']; onChanged: () => void }) {
  const [name, setName] = useState('')
  const [made, setMade] = useState<{ name: string; secret: string }>()
  const { isBusy, problem, run } = useWork()
  const create = () =>
    run(async () => {
      setMade(await createKey(name.trim()))
      setName('')
      onChanged()
    })
  return (
    <details class="desk-section">
      <summary>
        {t('desk:settings.keys')} ({keys.length})
      </summary>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {made && (
        <Notice kind="ok" title={t('desk:settings.key_once', { name: made.name })}>
          <code class="desk-key-once">{made.secret}</code>
        </Notice>
      )}
      <ul class="desk-settings">
        {keys.map((key) => (
          <li key={`${key.name} ${key.createdAt}`}>
            <span class="desk-strong">{key.name}</span>
            <span class="muted small">
              {key.lastUsedAt === null
                ? t('desk:settings.key_unused')
                : t('desk:settings.key_used', { at: formatDateTime(new Date(key.lastUsedAt)) })}
            </span>
            {key.revokedAt === null ? (
              <Button
                look="quiet"
                isBusy={isBusy}
                label={t('desk:settings.key_end_which', { name: key.name })}
                onClick={() => void run(() => revokeKey(key.name)).then(onChanged)}
              >
                {t('desk:settings.key_end')}
              </Button>
            ) : (
              <span class="muted small">{t('desk:settings.key_ended')}</span>
            )}
          </li>
        ))}
      </ul>
      <form
        class="desk-line"
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <TextField
          label={t('desk:settings.key_name')}
          hint={t('desk:settings.key_name_hint')}
          value={name}
          onInput={setName}
          maxLength={40}
          isRequired
        />
        <Button type="submit" look="secondary" isBusy={isBusy}>
          {t('desk:settings.key_create')}
        </Button>
      </form>
    </details>
  )
}
