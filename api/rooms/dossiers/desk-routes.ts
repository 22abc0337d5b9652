import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { KeyList, SavePull, SaveSource, SourceStanding, SourceView } from './import-schema.ts'
import { endPull, setPull } from './service/pull.ts'
import {
  createKey,
  endKey,
  listDossierSources,
  listSyncKeys,
  saveSource,
} from './service/sources.ts'

const tags = ['dossiers']
const RIGHTS = ['http.unauthenticated', 'http.forbidden'] as const
const Source = z.object({ source: z.string().max(40) })

const sources = createRoute({
  method: 'get',
  path: '/dossiers/sources',
  operationId: 'listDossierSources',
  summary: 'Where dossiers come from, and how columns are read',
  tags,
  responses: {
    200: json(z.object({ sources: z.array(SourceStanding) }), 'The sources'),
    ...problems(...RIGHTS),
  },
})

const save = createRoute({
  method: 'put',
  path: '/dossiers/sources',
  operationId: 'saveDossierSource',
  summary: 'Make a source, or change how its columns are read',
  tags,
  request: { body: jsonBody(SaveSource) },
  responses: {
    200: json(SourceView, 'The source'),
    ...problems(...RIGHTS, 'http.invalid_input'),
  },
})

const pull = createRoute({
  method: 'put',
  path: '/dossiers/sources/{source}/pull',
  operationId: 'setDossierPull',
  summary: 'Ask the back office of a source for what changed, every ten minutes',
  tags,
  request: { params: Source, body: jsonBody(SavePull) },
  responses: {
    204: { description: 'It is asked within a minute' },
    ...problems(...RIGHTS, 'http.invalid_input', 'dossiers.source_unknown'),
  },
})

const noPull = createRoute({
  method: 'delete',
  path: '/dossiers/sources/{source}/pull',
  operationId: 'endDossierPull',
  summary: 'Ask it no more; what it brought stays',
  tags,
  request: { params: Source },
  responses: { 204: { description: 'Ended' }, ...problems(...RIGHTS, 'http.not_found') },
})

const newKey = createRoute({
  method: 'post',
  path: '/dossiers/sources/{source}/keys',
  operationId: 'createDossierKey',
  summary: 'A key for pushing dossiers, shown this once',
  tags,
  request: { params: Source },
  responses: {
    201: json(z.object({ id: z.string(), key: z.string() }), 'The key'),
    ...problems(...RIGHTS, 'dossiers.source_unknown'),
  },
})

const keys = createRoute({
  method: 'get',
  path: '/dossiers/keys',
  operationId: 'listDossierKeys',
  summary: 'Keys with their source and last use',
  tags,
  responses: { 200: json(KeyList, 'The keys'), ...problems(...RIGHTS) },
})

const revoke = createRoute({
  method: 'delete',
  path: '/dossiers/keys/{id}',
  operationId: 'revokeDossierKey',
  summary: 'End a key at once',
  tags,
  request: { params: z.object({ id: z.uuid() }) },
  responses: {
    204: { description: 'Ended' },
    ...problems(...RIGHTS, 'http.invalid_input', 'http.not_found'),
  },
})

/** Sources of the mirror, for whoever manages the installation. */
export function dossierDeskRoutes() {
  return newRouter()
    .openapi(sources, async (c) => {
      return c.json({ sources: await listDossierSources(c.var.ctx) }, 200)
    })
    .openapi(save, async (c) => {
      return c.json(await saveSource(c.var.ctx, c.req.valid('json')), 200)
    })
    .openapi(pull, async (c) => {
      await setPull(c.var.ctx, { ...c.req.valid('json'), ...c.req.valid('param') })
      return c.body(null, 204)
    })
    .openapi(noPull, async (c) => {
      await endPull(c.var.ctx, c.req.valid('param').source)
      return c.body(null, 204)
    })
    .openapi(newKey, async (c) => {
      return c.json(await createKey(c.var.ctx, c.req.valid('param')), 201)
    })
    .openapi(keys, async (c) => {
      return c.json({ keys: await listSyncKeys(c.var.ctx) }, 200)
    })
    .openapi(revoke, async (c) => {
      await endKey(c.var.ctx, c.req.valid('param').id)
      return c.body(null, 204)
    })
}
