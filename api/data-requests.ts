import type { Ctx } from './context.ts'
import { inTransaction } from './db/transaction.ts'
import { createRoute, json, newRouter, problems, z } from './http/kit.ts'
import { type ChatExport, exportChats } from './rooms/conversations/index.ts'
import { type DeliveryExport, exportDelivery } from './rooms/delivery/index.ts'
import { type DossiersExport, exportDossiers } from './rooms/dossiers/index.ts'
import { exportGuides, type GuidesExport } from './rooms/guides/index.ts'
import { exportResident, ownResidentId, type ResidentExport } from './rooms/identity/index.ts'
import { exportOwnIncidents, type OwnExport } from './rooms/incidents/index.ts'
import { type CallExport, exportCalls } from './rooms/sos/index.ts'

/** Everything that is kept about one person, room by room; a room that keeps more joins here. */
export type PersonExport = {
  identity: ResidentExport
  delivery: DeliveryExport
  chats: ChatExport[]
  incidents: OwnExport
  calls: CallExport[]
  dossiers: DossiersExport
  guides: GuidesExport
}

/**
 * The whole copy for its person (audited by identity as `identity.resident_exported`). Rooms do not know those to their
 * right, so it is put together here. Throws `http.forbidden`, `http.not_found`.
 */
export async function exportEverything(ctx: Ctx, residentId: string): Promise<PersonExport> {
  return inTransaction(ctx, async (tx) => ({
    identity: await exportResident(tx, residentId),
    delivery: await exportDelivery(tx, residentId),
    chats: await exportChats(tx, residentId),
    incidents: await exportOwnIncidents(tx, residentId),
    calls: await exportCalls(tx, residentId),
    dossiers: await exportDossiers(tx, residentId),
    guides: await exportGuides(tx, residentId),
  }))
}

const exportMe = createRoute({
  method: 'get',
  path: '/me/export',
  operationId: 'exportMe',
  tags: ['identity'],
  summary: 'A whole copy of what is kept about the resident who is signed in',
  responses: {
    200: json(
      z.object({
        identity: z.unknown(),
        delivery: z.unknown(),
        chats: z.array(z.unknown()),
        incidents: z.unknown(),
        calls: z.array(z.unknown()),
        dossiers: z.unknown(),
        guides: z.unknown(),
      }),
      'Everything, by room',
    ),
    ...problems('http.unauthenticated', 'http.forbidden', 'http.not_found'),
  },
})

export const dataRequestRoutes = () =>
  newRouter().openapi(exportMe, async (c) => {
    const { ctx } = c.var
    const copy = await exportEverything(ctx, ownResidentId(ctx))
    c.header('content-disposition', 'attachment; filename="loa.json"')
    return c.json(copy, 200)
  })
