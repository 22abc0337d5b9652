import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import tar from 'tar-stream'
import { StopError } from '../data-dir.ts'

export type AddEntry = (name: string, bytes: Uint8Array | string) => Promise<void>

/**
 * Writes a .tar.gz of mode 0600 as entries come, waiting for the disk. It has its name only once it is whole and on
 * the disk; a failure leaves nothing.
 */
export async function writeArchive(path: string, fill: (add: AddEntry) => Promise<void>) {
  const partial = `${path}.partial`
  const pack = tar.pack()
  const add: AddEntry = async (name, content) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    const sink = pack.entry({ name, size: bytes.length, mode: 0o600 })
    const done = new Promise<void>((resolve, reject) => {
      sink.on('error', reject)
      sink.on('close', resolve)
    })
    sink.end(bytes)
    await done
  }
  const written = pipeline(pack, createGzip(), createWriteStream(partial, { mode: 0o600 }))
  try {
    // The pipeline is raced: a full disk must not leave `fill` waiting for ever.
    await Promise.race([fill(add).then(() => pack.finalize()), written])
    await written
    await syncFile(partial)
    await rename(partial, path)
  } catch (error) {
    pack.destroy()
    await written.catch(() => {})
    await rm(partial, { force: true })
    throw error
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.sync()
  await file.close()
}

/** Largest entry that is read; ours are far smaller, and a foreign file must not fill the memory. */
const MAX_ENTRY_BYTES = 256 * 1024 * 1024

/** Entries in order, each read whole; a file that is cut off or no archive ends in a StopError. */
export async function* readArchive(path: string): AsyncGenerator<{ name: string; bytes: Buffer }> {
  const extract = tar.extract()
  const flow = pipeline(createReadStream(path), createGunzip(), extract)
  // The loop below sees the same failure; here it only must not count as unhandled.
  flow.catch(() => {})
  try {
    for await (const entry of extract) {
      if ((entry.header.size ?? 0) > MAX_ENTRY_BYTES) throw new Error('an entry is too large')
      const chunks: Buffer[] = []
      for await (const chunk of entry) chunks.push(chunk as Buffer)
      yield { name: entry.header.name, bytes: Buffer.concat(chunks) }
    }
    await flow
  } catch (error) {
    if (error instanceof StopError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new StopError(`${path} is no whole backup: ${why}`)
  }
}
