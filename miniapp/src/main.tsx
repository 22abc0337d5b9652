import './ui/index.css'
import './resident/resident.css'
import { render } from 'preact'
import { App, loadAhead } from './app.tsx'
import { startOutbox } from './offline/outbox.ts'
import { registerWorker } from './offline/register.ts'
import { platform, startPlatform } from './platform/index.ts'
import { startDraft } from './resident/draft.ts'
import { finishReturn, startSession } from './resident/session.ts'
import { startI18n } from './shared/i18n.ts'
import { applyLook } from './shared/look.ts'

const WORDS = {
  miniapp: {
    vi: () => import('../../locales/vi/miniapp.json', { with: { type: 'json' } }),
    en: () => import('../../locales/en/miniapp.json', { with: { type: 'json' } }),
  },
  incidents: {
    vi: () => import('../../locales/vi/incidents.json', { with: { type: 'json' } }),
    en: () => import('../../locales/en/incidents.json', { with: { type: 'json' } }),
  },
  rescue: {
    vi: () => import('../../locales/vi/rescue.json', { with: { type: 'json' } }),
    en: () => import('../../locales/en/rescue.json', { with: { type: 'json' } }),
  },
  screens: {
    vi: () => import('../../locales/vi/screens.json', { with: { type: 'json' } }),
    en: () => import('../../locales/en/screens.json', { with: { type: 'json' } }),
  },
}

async function start(root: Element): Promise<void> {
  await startPlatform()
  applyLook()
  platform().onLook(applyLook)
  await Promise.all([startI18n(WORDS), startDraft(), loadAhead(location.hash)])
  startSession()
  const problem = await finishReturn()
  // What stood there while this was loading.
  root.replaceChildren()
  render(<App problem={problem} />, root)
  startOutbox()
  // The letters come after what they are for: they weigh more than the pages. Without them the device's own do.
  import('./ui/fonts.css').catch(() => undefined)
  registerWorker()
}

const root = document.getElementById('app')
if (root) start(root)
