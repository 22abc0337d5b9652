import '../ui/fonts.css'
import '../ui/index.css'
import './chat.css'
import './entries.css'
import './composer.css'
import { render } from 'preact'
import { startI18n } from '../shared/i18n.ts'
import { applyLook } from '../shared/look.ts'
import { ChatPage } from './chat-page.tsx'
import { CHAT_WORDS } from './words.ts'

async function start(root: Element): Promise<void> {
  applyLook()
  await startI18n(CHAT_WORDS)
  render(<ChatPage />, root)
}

const root = document.getElementById('app')
if (root) start(root)
