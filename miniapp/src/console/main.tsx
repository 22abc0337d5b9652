import '../ui/fonts.css'
import '../ui/index.css'
import './shell.css'
import { render } from 'preact'
import { startI18n } from '../shared/i18n.ts'
import { applyLook } from '../shared/look.ts'
import { ConsoleApp } from './app.tsx'
import { CONSOLE_WORDS } from './words.ts'

async function start(root: Element): Promise<void> {
  applyLook()
  await startI18n(CONSOLE_WORDS)
  render(<ConsoleApp />, root)
}

const root = document.getElementById('app')
if (root) start(root)
