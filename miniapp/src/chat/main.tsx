import '../ui/index.css'
import './chat.css'
import { render } from 'preact'
import { startI18n } from '../shared/i18n.ts'
import { ChatPage } from './chat-page.tsx'
import { CHAT_WORDS } from './words.ts'

const root = document.getElementById('app')
if (root) {
  await startI18n(CHAT_WORDS)
  render(<ChatPage />, root)
}
