import { useId } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import type { CaseView } from '../types.ts'

type TemplatesProps = { incident: CaseView; text: string; onUse: (text: string) => void }

/** Answers to begin with; what is typed already stays above, for nothing that somebody wrote is lost. */
export function Templates({ incident, text, onUse }: TemplatesProps) {
  const id = useId()
  const { templates } = incident
  if (templates.length === 0) return null
  const use = (templateId: string) => {
    const found = templates.find((one) => one.id === templateId)
    if (found !== undefined)
      onUse(text.trim() === '' ? found.text : `${text.trim()}\n\n${found.text}`)
  }
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t('console:answer.template')}
      </label>
      <select id={id} class="input" value="" onChange={(event) => use(event.currentTarget.value)}>
        <option value="">{t('console:answer.template_none')}</option>
        {templates.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  )
}
