import { prepareTemplate, SERVERS_VARIABLE, serverUrls } from './harness-pg.ts'
import { startPostgres } from './postgres-server.ts'

/** As many as the suites have workers. */
const SERVERS = 2

/**
 * A server for each test worker, with a migrated template database; workers find them by a variable. Transaction ids
 * belong to a whole server: on a shared one, what "is still open" would depend on the other worker's tests.
 */
export async function setup(): Promise<() => void> {
  if (process.env[SERVERS_VARIABLE] !== undefined) return () => {}
  const servers = await Promise.all(Array.from({ length: SERVERS }, startPostgres))
  process.env[SERVERS_VARIABLE] = servers.map((server) => server.url('postgres')).join(' ')
  await Promise.all(serverUrls().map(prepareTemplate))
  return () => {
    delete process.env[SERVERS_VARIABLE]
    for (const server of servers) server.stop()
  }
}
