import { t } from '../shared/i18n.ts'
import { Icon, type IconName } from '../ui/icons.tsx'

/** The rest of what these pages can do, smaller than the four actions. */
export function MoreLinks() {
  const links: { href: string; icon: IconName; label: string }[] = [
    { href: '#/dossiers', icon: 'public_service', label: t('screens:dossier.title') },
    { href: '#/appointments', icon: 'clock', label: t('screens:appointment.title') },
    { href: '#/water', icon: 'flood', label: t('screens:water.title') },
    { href: '#/floods', icon: 'road', label: t('screens:flood.title') },
    { href: '#/alerts', icon: 'warning', label: t('screens:frame.alerts') },
    { href: '#/scam', icon: 'shield', label: t('screens:scam.title') },
    { href: '#/notices', icon: 'loudspeaker', label: t('screens:notice.title') },
    { href: '#/guides', icon: 'education', label: t('screens:frame.guides') },
  ]
  return (
    <ul class="more-links">
      {links.map(({ href, icon, label }) => (
        <li key={href}>
          <a href={href}>
            <Icon name={icon} />
            {label}
          </a>
        </li>
      ))}
    </ul>
  )
}
