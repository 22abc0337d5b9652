import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'

const PURPOSE = 'calendar-link'
type Subject = 'appointment' | 'dossier'

/** 128 bits are not guessed, and a message stays short. */
const SIGNS = 32
const signatureOf = async (ctx: Ctx, subject: Subject, id: string): Promise<string> =>
  (await ctx.ports.sign(PURPOSE, `${subject}\n${id}`)).slice(0, SIGNS)

/** Where a phone fetches a calendar file without a session; the signature lets in whoever was given the address. */
export async function calendarUrl(ctx: Ctx, subject: Subject, id: string): Promise<string> {
  const signature = await signatureOf(ctx, subject, id)
  return `${ctx.settings.publicUrl}/api/v1/calendar/${subject}/${id}/${signature}.ics`
}

/** Throws `http.not_found` for an address that was not given out; compares all signs. */
export async function requireCalendarLink(
  ctx: Ctx,
  link: { subject: Subject; id: string; signature: string },
): Promise<void> {
  const expected = await signatureOf(ctx, link.subject, link.id)
  let difference = expected.length ^ link.signature.length
  for (let i = 0; i < expected.length; i++)
    difference |= expected.charCodeAt(i) ^ link.signature.charCodeAt(i)
  if (difference !== 0) throw new AppError('http.not_found')
}
