import './menu.css'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { Icon } from '../../ui/icons.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { Official } from '../types.ts'
import { ENTRIES } from './entries.ts'

type MenuProps = { official: Official; onClose: () => void }

/** The pages that this official has. */
export function MenuSheet({ official, onClose }: MenuProps) {
  return (
    <Sheet title={t('console:menu.title')} closeLabel={t('console:close')} onClose={onClose}>
      <nav aria-label={t('console:menu.title')}>
        <ul class="desk-menu">
          {ENTRIES.filter(({ isFor }) => isFor(official)).map(({ name, path, icon }) => (
            <li key={name}>
              <Link href={path} onClick={onClose}>
                <Icon name={icon} /> {t(`console:menu.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </Sheet>
  )
}
