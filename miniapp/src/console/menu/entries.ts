import type { Official } from '../../../../api/rooms/identity/index.ts'
import type { IconName } from '../../ui/icons.tsx'

export type Entry = {
  name:
    | 'inbox'
    | 'sos'
    | 'map'
    | 'dossiers'
    | 'sources'
    | 'queue'
    | 'alerts'
    | 'floods'
    | 'stations'
    | 'notices'
    | 'numbers'
    | 'audit'
    | 'settings'
    | 'chats'
    | 'words'
    | 'scams'
    | 'lessons'
    | 'team'
    | 'people'
    | 'duty'
    | 'security'
  path: string
  icon: IconName
  /** Whom the server lets in; the menu only spares the others a closed door. */
  isFor: (official: Official) => boolean
}

const has =
  (...roles: Official['roles']) =>
  (official: Official) =>
    roles.some((role) => official.roles.includes(role))
const everybody = () => true
const watches = (official: Official) =>
  has('dispatcher', 'approver')(official) || official.capabilities.includes('duty')

const minds = (official: Official) => watches(official) || has('admin')(official)

const announces = (official: Official) =>
  watches(official) || official.capabilities.includes('editor')

const explains = (official: Official) =>
  has('dispatcher')(official) || official.capabilities.includes('editor')

const edits = (official: Official) => official.capabilities.includes('editor')

const teaches = (official: Official) =>
  has('dispatcher', 'approver')(official) || official.capabilities.includes('community_team')

const isOneStop = (official: Official) => official.capabilities.includes('onestop')
const handlesDossiers = (official: Official) => has('approver')(official) || isOneStop(official)

/** All pages of the console, in the order of the menu. */
export const ENTRIES: readonly Entry[] = [
  { name: 'inbox', path: '/', icon: 'list', isFor: everybody },
  { name: 'sos', path: '/sos', icon: 'bell', isFor: watches },
  { name: 'map', path: '/map', icon: 'place', isFor: has('officer', 'dispatcher', 'approver') },
  { name: 'dossiers', path: '/dossiers', icon: 'copy', isFor: handlesDossiers },
  { name: 'sources', path: '/dossiers/sources', icon: 'copy', isFor: has('admin') },
  { name: 'queue', path: '/queue', icon: 'person', isFor: isOneStop },
  { name: 'alerts', path: '/alerts', icon: 'warning', isFor: watches },
  { name: 'floods', path: '/floods', icon: 'flood', isFor: watches },
  { name: 'stations', path: '/stations', icon: 'water_supply', isFor: minds },
  { name: 'notices', path: '/notices', icon: 'loudspeaker', isFor: announces },
  {
    name: 'numbers',
    path: '/numbers',
    icon: 'cases',
    isFor: has('officer', 'dispatcher', 'approver'),
  },
  { name: 'chats', path: '/chats', icon: 'chat', isFor: has('dispatcher') },
  { name: 'words', path: '/words', icon: 'info', isFor: explains },
  { name: 'scams', path: '/scams', icon: 'shield', isFor: explains },
  { name: 'lessons', path: '/lessons', icon: 'education', isFor: edits },
  { name: 'team', path: '/team', icon: 'person', isFor: teaches },
  { name: 'duty', path: '/duty', icon: 'clock', isFor: everybody },
  { name: 'people', path: '/people', icon: 'person', isFor: has('admin') },
  { name: 'audit', path: '/audit', icon: 'search', isFor: has('admin') },
  { name: 'settings', path: '/settings', icon: 'settings', isFor: has('admin') },
  { name: 'security', path: '/security', icon: 'shield', isFor: everybody },
]
