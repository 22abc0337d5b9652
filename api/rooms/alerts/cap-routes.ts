import { Hono } from 'hono'
import type { HttpEnv } from '../../http/kit.ts'
import { capDocument, capFeed } from './service/cap.ts'

const CACHE = 'public, max-age=60'

/** CAP 1.2 for other systems, mounted at `/cap`: the feed, and one document a message. */
export const capRoutes = (): Hono<HttpEnv> =>
  new Hono<HttpEnv>()
    .get('/feed.atom', async (c) =>
      c.body(await capFeed(c.var.ctx), 200, {
        'Content-Type': 'application/atom+xml; charset=UTF-8',
        'Cache-Control': CACHE,
        Vary: 'Accept-Language',
      }),
    )
    .get('/alerts/:name{.+\\.xml}', async (c) =>
      c.body(await capDocument(c.var.ctx, c.req.param('name').replace(/\.xml$/, '')), 200, {
        'Content-Type': 'application/cap+xml; charset=UTF-8',
        'Cache-Control': CACHE,
      }),
    )
