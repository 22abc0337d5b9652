/** Kinds of content that deserve a sentence of their own. */
const KNOWN: ReadonlySet<string> = new Set([
  'edit',
  'others_contact',
  'file_too_large',
  'picture_failed',
])

/** Key of the sentence for content that cannot be read. */
export const unsupportedKey = (what: string): string =>
  KNOWN.has(what) ? `chat:unsupported.${what}` : 'chat:engine.unsupported'
