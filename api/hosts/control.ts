import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Log } from '../context.ts'
import { errorFields } from '../http/log.ts'
import type { DataDir } from './data-dir.ts'

/** One command sent to the running server, and what comes back, one JSON line each. */
type Request = { command: string; args: string[]; cwd: string }
type Reply = { out: string } | { exit: number }

export type Print = (line: string) => void
export type RunCommand = (request: Request, print: Print) => Promise<number>

const MAX_REQUEST_BYTES = 64 * 1024
/** Leaves the owner's reading and writing: mode 0600 from the first moment. */
const PRIVATE_UMASK = 0o177

/** Runs commands for whoever may open the private socket: the owner of DATA_DIR (its mode is 0700). */
export async function openControl(
  dir: DataDir,
  run: RunCommand,
  log: Log,
): Promise<{ close: () => Promise<void> }> {
  if (process.platform !== 'win32') rmSync(dir.socket, { force: true })
  const server = createServer((socket) => {
    serve(socket, run).catch((error: unknown) => {
      log.error('control.failed', errorFields(error))
      socket.destroy()
    })
  })
  await listen(server, dir.socket)
  return { close: () => new Promise((resolve) => server.close(() => resolve())) }
}

const listen = (server: Server, path: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    const umask = process.umask(PRIVATE_UMASK)
    server.listen(path, resolve)
    process.umask(umask)
  })

async function serve(socket: Socket, run: RunCommand): Promise<void> {
  socket.on('error', () => {})
  const send = (reply: Reply) => socket.write(`${JSON.stringify(reply)}\n`)
  const request = await readRequest(socket)
  const exit = await run(request, (out) => send({ out }))
  send({ exit })
  socket.end()
}

function readRequest(socket: Socket): Promise<Request> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)) as Request)
      else if (text.length > MAX_REQUEST_BYTES) reject(new Error('control request is too long'))
    })
    socket.on('close', () => reject(new Error('control request was cut off')))
  })
}

/** Sends a command to the server that holds `dir`; undefined when nobody listens there. */
export async function callServer(
  dir: DataDir,
  request: Request,
  print: Print,
): Promise<number | undefined> {
  const socket = connect(dir.socket)
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  if (!isOpen) return undefined
  socket.write(`${JSON.stringify(request)}\n`)
  for await (const line of createInterface({ input: socket })) {
    const reply = JSON.parse(line) as Reply
    if ('exit' in reply) return reply.exit
    print(reply.out)
  }
  throw new Error('the server went away before the command was done')
}
