import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The house's import rules. A message names the right door. */
const ROOT = new URL('..', import.meta.url).pathname
const ZONES = ['api', 'bots', 'miniapp', 'locales']
/** Left to right: a room imports only rooms of an earlier group. */
const LINE = [
  ['areas'],
  ['identity'],
  ['delivery', 'conversations'],
  ['incidents', 'dossiers', 'readings', 'guides'],
  ['sos', 'floods'],
  ['alerts'],
  ['notices'],
  ['console'],
]
const HOST_ONLY =
  /^(node:|pg$|pg-boss$|@electric-sql\/|sharp$|wrangler$|exif-reader$|@hono\/node-server|vite$)/

type Import = { file: string; to: string; isType: boolean; isPackage: boolean }

function sources(dir: string): string[] {
  return readdirSync(join(ROOT, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'dist' ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[\s\S]*?\sfrom\s+)?'([^']+)'/gm
const DYNAMIC = /\bimport\(\s*'([^']+)'/g

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const statics = [...text.matchAll(IMPORT)].map((m) => ({
    spec: m[2] ?? '',
    isType: m[1] !== undefined,
  }))
  const dynamics = [...text.matchAll(DYNAMIC)].map((m) => ({ spec: m[1] ?? '', isType: false }))
  return [...statics, ...dynamics].map(({ spec, isType }) => {
    const isPackage = !spec.startsWith('.')
    const to = isPackage ? spec : relative(ROOT, join(ROOT, dirname(file), spec))
    return { file, to, isType, isPackage }
  })
}

const isTest = (file: string) => file.endsWith('.test.ts')
const isBuildFile = (file: string) => file === 'miniapp/vite.config.ts'
const roomOf = (path: string) => /^api\/rooms\/([^/]+)\//.exec(path)?.[1]
const groupOf = (room: string) => LINE.findIndex((group) => group.includes(room))
const under = (path: string, ...dirs: string[]) => dirs.some((dir) => path.startsWith(`${dir}/`))

/** What a file may import of ours; undefined when all is well, else the sentence that says where to go. */
function complaint(edge: Import): string | undefined {
  const { file, to, isType, isPackage } = edge
  if (isPackage) {
    if (HOST_ONLY.test(to) && !isType && !under(file, 'api/hosts') && !isBuildFile(file)) {
      return `${to} exists only on one host: ask for a port in api/context.ts and give it in api/hosts`
    }
    if (to === 'lucia' && file !== 'api/rooms/identity/lucia.ts')
      return 'lucia stays behind api/rooms/identity/lucia.ts'
    return undefined
  }
  if (under(file, 'api/hosts')) return undefined
  if (under(to, 'api/hosts')) return 'nothing imports a host; take it from ctx.ports or Deps'
  if (under(file, 'locales'))
    return under(to, 'locales') ? undefined : 'locales import nothing of ours'
  if (under(file, 'api/core'))
    return under(to, 'api/core') ? undefined : 'core imports nothing of ours'
  if (
    under(to, 'locales') &&
    !under(file, 'api/core', 'api/chat', 'api/understanding', 'api/sources')
  )
    return undefined
  if (under(file, 'api/chat'))
    return under(to, 'api/chat', 'api/core') ? undefined : 'the chat kit knows only core'
  if (under(file, 'api/understanding', 'api/sources')) {
    const home = file.split('/').slice(0, 2).join('/')
    return under(to, home, 'api/core') ? undefined : 'understanding and sources know only core'
  }
  if (under(file, 'miniapp')) return browserComplaint(edge)
  if (/^bots\/[^/]+\//.test(file)) {
    const home = file.split('/').slice(0, 2).join('/')
    return under(to, home, 'api/chat', 'api/core')
      ? undefined
      : 'a channel knows only chat and core; declare a port'
  }
  if (under(to, 'bots') && !under(file, 'bots'))
    return 'api imports no bot; the host wires it (deps.turn, deps.preview)'
  const room = roomOf(to)
  if (room !== undefined) return roomComplaint(edge, room)
  return undefined
}

function roomComplaint({ file, to, isType }: Import, room: string): string | undefined {
  const own = roomOf(file)
  if (own === room) return fileComplaint(file, to, isType)
  const door = `api/rooms/${room}/index.ts`
  if (to !== door) return `go through the door ${door}`
  if (own !== undefined && groupOf(room) >= groupOf(own)) {
    return `${own} stands left of ${room}: append a domain event instead`
  }
  if (under(file, 'api/core', 'api/chat', 'api/db')) return 'the kit knows no room'
  return undefined
}

function fileComplaint(file: string, to: string, isType: boolean): string | undefined {
  if (isType) return undefined
  if (
    /\/(policy|flow|messages)(\.ts|\/)/.test(file) &&
    /\/(store|service|routes)(\.ts|\/)/.test(to)
  ) {
    return 'decisions and words do no IO: pass the data in'
  }
  return undefined
}

function browserComplaint({ file, to, isType }: Import): string | undefined {
  if (under(to, 'miniapp', 'locales', 'api/core')) return undefined
  if (to === 'api/chat/message.ts') return undefined
  if (/^api\/rooms\/[^/]+\/schema\.ts$/.test(to))
    return isType
      ? undefined
      : `types only: a value of a schema brings the whole validator along (${file})`
  if (isType && to === 'api/http/app-facts.ts') return undefined
  if (isType && (/^api\/rooms\/[^/]+\/index\.ts$/.test(to) || to === 'api/files/index.ts'))
    return undefined
  return `the browser takes types from a room's door, or its schema.ts (${file})`
}

const FILES = ZONES.flatMap(sources)
const code = FILES.filter((file) => !isTest(file))

describe('import rules', () => {
  it('every file imports only what its place allows', () => {
    const problems = code.flatMap((file) =>
      importsOf(file).flatMap((edge) => {
        const text = complaint(edge)
        return text === undefined ? [] : [`${edge.file} imports ${edge.to}: ${text}`]
      }),
    )
    expect(problems).toEqual([])
  })

  it('the rules do refuse what they should', () => {
    const edge = (file: string, to: string, isPackage = false): Import => ({
      file,
      to,
      isType: false,
      isPackage,
    })
    const refused = [
      edge('api/core/ids.ts', 'api/db/schema.ts'),
      edge('api/rooms/areas/service.ts', 'api/rooms/incidents/index.ts'),
      edge('api/rooms/incidents/service.ts', 'api/rooms/areas/store.ts'),
      edge('api/rooms/incidents/policy.ts', 'api/rooms/incidents/store.ts'),
      edge('bots/telegram/render.ts', 'api/rooms/incidents/index.ts'),
      edge('api/app.ts', 'bots/conversation.ts'),
      edge('miniapp/src/app.tsx', 'api/rooms/incidents/service.ts'),
      edge('miniapp/src/app.tsx', 'api/rooms/incidents/schema.ts'),
      edge('api/http/kit.ts', 'node:fs', true),
      edge('api/http/kit.ts', 'lucia', true),
    ]
    expect(refused.filter((e) => complaint(e) === undefined)).toEqual([])
  })

  it('every relative import names a file that exists', () => {
    const missing = code.flatMap((file) =>
      importsOf(file)
        .filter((edge) => !edge.isPackage && !existsSync(join(ROOT, edge.to.replace(/\?.*$/, ''))))
        .map((edge) => `${edge.file}: ${edge.to}`),
    )
    expect(missing).toEqual([])
  })

  it('SQL of a room stands in its store, and only time.ts knows the time zone', () => {
    const problems = code.flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8')
      const room = roomOf(file)
      const found: string[] = []
      if (room !== undefined && !/\/(store|lucia)(\.ts|\/)/.test(file)) {
        if (/\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(text))
          found.push(`${file}: put the query in store.ts`)
      }
      if (
        file !== 'api/core/time.ts' &&
        !under(file, 'api/hosts', 'miniapp') &&
        /Asia\/Ho_Chi_Minh/.test(text)
      ) {
        found.push(`${file}: the time zone lives in api/core/time.ts`)
      }
      if (
        !under(file, 'api/hosts', 'miniapp') &&
        /new Date\(\)|Date\.now\(\)|Math\.random\(\)/.test(text.replace(/^\s*(\/\/|\*).*$/gm, ''))
      ) {
        found.push(`${file}: the clock and chance come in by ctx`)
      }
      if (/\.get(Hours|Date|Day|Month|FullYear)\(\)/.test(text))
        found.push(`${file}: local dates come from api/core/time.ts`)
      if (
        !under(file, 'api/hosts') &&
        /\bprocess\.(env|exit|argv|cwd)\b/.test(text) &&
        !isBuildFile(file)
      ) {
        found.push(`${file}: only hosts know the process`)
      }
      return found
    })
    expect(problems).toEqual([])
  })

  it('no file is longer than 400 lines, data aside', () => {
    const long = FILES.filter((file) => !/\/data\/|\.data\.ts$|migrations\//.test(file))
      .map((file) => ({
        file,
        lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1,
      }))
      .filter(({ lines }) => lines > 400)
    expect(long).toEqual([])
  })
})
