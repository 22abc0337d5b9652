import { createRoute, json, newRouter, z } from './kit.ts'

const AppFacts = z
  .object({
    homeUnitCode: z.string(),
    /** Address of map tiles with `{z}`, `{x}`, `{y}`; null: maps draw boundaries or centres only. */
    tilesUrl: z.string().nullable(),
    /** Origins that may frame the pages, and so the only ones that the bridge believes. */
    embedOrigins: z.array(z.string()),
    /** Ways for residents to sign in; a link code from a chat always works. */
    signIn: z.object({ telegram: z.boolean(), zalo: z.boolean(), oidc: z.boolean() }),
    /** Whether officials may come from the province's accounts. */
    officialProvider: z.boolean(),
  })
  .meta({ id: 'AppFacts' })
export type AppFacts = z.output<typeof AppFacts>

const read = createRoute({
  method: 'get',
  path: '/app',
  operationId: 'getAppFacts',
  tags: ['running'],
  summary: 'What this installation offers the mini-app',
  responses: { 200: json(AppFacts, 'Facts of this installation') },
})

/** Facts that the pages need before they know anything else; none is a secret. */
export function appFactRoutes(deps: { tilesUrl: string | null; embedOrigins: readonly string[] }) {
  return newRouter().openapi(read, (c) => {
    const { settings, ports } = c.var.ctx
    const { telegram, zalo, oidc, officialOidc } = ports.proofs
    const facts = {
      homeUnitCode: settings.homeUnitCode,
      tilesUrl: deps.tilesUrl,
      embedOrigins: [...deps.embedOrigins],
      signIn: { telegram: telegram !== null, zalo: zalo !== null, oidc: oidc !== null },
      officialProvider: officialOidc !== null,
    }
    return c.json(facts, 200, { 'Cache-Control': 'public, max-age=300' })
  })
}
