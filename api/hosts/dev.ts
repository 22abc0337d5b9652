import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'vite'
import { ROOT } from './pages.ts'

/** For development: the server, started again at each change, and beside it the pages with hot reload. */
const host = join(import.meta.dirname, 'node.ts')
const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', host], {
  cwd: ROOT,
  stdio: 'inherit',
})
const vite = await createServer({ configFile: join(ROOT, 'miniapp/vite.config.ts') })
await vite.listen()
vite.printUrls()

const stop = () => {
  server.kill('SIGTERM')
  vite.close()
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
server.on('close', (code) => {
  vite.close()
  process.exitCode = code ?? 0
})
