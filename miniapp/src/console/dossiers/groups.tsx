import { Link } from 'wouter-preact'
import type { Board } from '../../../../api/rooms/dossiers/index.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { pathWith } from '../desk-location.ts'
import { FIGURES, GROUPS, type GroupName, LISTS } from './calls.ts'

type ChoiceProps = { by: GroupName | undefined; onChange: (by: GroupName) => void }

/** By what the board is parted. */
export function GroupChoice({ by, onChange }: ChoiceProps) {
  return (
    <fieldset class="desk-groups">
      <legend>{t('desk:dossiers.by')}</legend>
      {GROUPS.map((name) => (
        <label key={name} class={name === by ? 'on' : ''}>
          <input type="radio" name="by" checked={name === by} onChange={() => onChange(name)} />
          {t(asKey(`desk:dossiers.by.${name}`))}
        </label>
      ))}
    </fieldset>
  )
}

/** The parts of the board; each figure opens its rows. */
export function Groups({ groups, by }: { groups: Board['groups']; by: GroupName }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
    <section class="desk-table" aria-label={t('desk:dossiers.by')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(asKey(`desk:dossiers.by.${by}`))}</th>
            {LISTS.map((name) => (
              <th key={name} scope="col">
                {t(asKey(`desk:dossiers.list.${name}`))}
              </th>
            ))}
            <th scope="col">{t('desk:dossiers.percent')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              <th scope="row">{group.label}</th>
              {LISTS.map((list) => (
                <td key={list} class={list === 'late' && FIGURES[list](group) > 0 ? 'late' : ''}>
                  <Link href={pathWith('/dossiers', { list, by, key: group.key })}>
                    {FIGURES[list](group)}
                  </Link>
                </td>
              ))}
              <td>{group.onTimePercent === null ? '–' : `${group.onTimePercent}%`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
