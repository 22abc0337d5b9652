/** The little that the tests use of oidc-provider, which brings no types of its own. */
declare module 'oidc-provider' {
  type Koa = { req: import('node:http').IncomingMessage; res: import('node:http').ServerResponse }
  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    callback(): (req: Koa['req'], res: Koa['res']) => void
    interactionDetails(
      req: Koa['req'],
      res: Koa['res'],
    ): Promise<{ prompt: { name: string }; params: { client_id: string }; session?: unknown }>
    interactionFinished(req: Koa['req'], res: Koa['res'], result: unknown): Promise<void>
    Grant: new (of: {
      accountId: string
      clientId: string
    }) => {
      addOIDCScope(scope: string): void
      save(): Promise<string>
    }
  }
}
