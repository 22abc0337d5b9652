import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase, type TestDb, testTranslators } from '../harness.ts'
import { testApp } from '../harness-app.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())

type Document = { paths: Record<string, Record<string, { operationId?: string; tags?: string[] }>> }

const load = async () => {
  const { app, request } = testApp(test.db)
  const text = await (await request('/api/v1/openapi.json')).text()
  return { app, request, text, document: JSON.parse(text) as Document }
}

it('the reference passes the recommended rules', async () => {
  const { text } = await load()
  const config = await createConfig({
    extends: ['recommended-strict'],
    // The server of a demo is this machine.
    rules: { 'no-server-example.com': 'off' },
  })
  const found = await lintFromString({ source: text, absoluteRef: 'openapi.json', config })
  expect(
    found.map((p) => `${p.ruleId}: ${p.message} at ${p.location.map((l) => l.pointer).join()}`),
  ).toEqual([])
})

it('every route under /api/v1 stands in it, with an id of its own and a tag that exists', async () => {
  const { app, document } = await load()
  const written = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const mounted = app.routes
    .filter((r) => r.path.startsWith('/api/v1/') && r.method !== 'ALL' && !r.path.includes('*'))
    .map((r) => `${r.method} ${r.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`)
    .filter((route) => route !== 'GET /api/v1/openapi.json')
  expect(mounted.length).toBeGreaterThan(5)
  const ours = written.filter((route) => route.includes(' /api/v1/'))
  expect([...new Set(mounted)].sort()).toEqual(ours.sort())
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  const ids = operations.map((o) => o.operationId)
  expect(ids).not.toContain(undefined)
  expect(new Set(ids).size).toBe(ids.length)
})

it('the reading copy shows each operation, without any script', async () => {
  const { request, document } = await load()
  const page = await (await request('/docs')).text()
  expect(page).not.toMatch(/<script|\son\w+="|style="|\[object|undefined/)
  for (const path of Object.keys(document.paths)) expect(page).toContain(path)
  expect((await request('/docs/style.css')).headers.get('content-type')).toMatch(/^text\/css/)
})

it('the reading copy is made once: nobody can keep the host busy with it', async () => {
  let made = 0
  const { request } = testApp(test.db, {
    translators: (language) => {
      made += 1
      return testTranslators(language)
    },
  })
  const first = await (await request('/docs')).text()
  const after = made
  expect(after).toBeGreaterThan(0)
  expect(await (await request('/docs')).text()).toBe(first)
  expect(made).toBe(after)
})
