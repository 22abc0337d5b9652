import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { getMediaBytes, type MediaBytes, type MediaSize } from '../../files/index.ts'

/** Stored bytes of a picture that a message of ours shows; undefined when there are none. */
export async function readStored(
  ctx: Ctx,
  mediaId: string,
  size: MediaSize,
): Promise<MediaBytes | undefined> {
  try {
    return await getMediaBytes(ctx, mediaId, size)
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
