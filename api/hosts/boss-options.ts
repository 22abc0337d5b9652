import type { SendOptions } from 'pg-boss'
import type { Jobs } from '../context.ts'

type Options = NonNullable<Parameters<Jobs['enqueue']>[3]>

/** Our options in the library's words. */
export const sendOptions = (options: Options): SendOptions => ({
  ...(options.startAfterSeconds === undefined ? {} : { startAfter: options.startAfterSeconds }),
  ...(options.singletonKey === undefined ? {} : { singletonKey: options.singletonKey }),
})
