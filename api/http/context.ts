import type { Language } from '../../locales/index.ts'
import type { Deps } from '../app.ts'
import type { Actor, Ctx, Db } from '../context.ts'
import { withFields } from './log.ts'

/** The ctx of one request; jobs and chat turns of a host make theirs with it as well. */
export function createCtx(
  deps: Pick<Deps, 'translators' | 'log' | 'now' | 'newId' | 'ports' | 'settings'>,
  given: { db: Db; actor: Actor; language: Language; requestId: string },
): Ctx {
  return {
    ...given,
    now: deps.now,
    newId: deps.newId,
    t: deps.translators(given.language),
    translate: deps.translators,
    log: withFields(deps.log, { requestId: given.requestId }),
    ports: deps.ports,
    settings: deps.settings,
    afterCommit: (fn) => fn(),
  }
}
