import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { isSameText } from '../../../core/compare.ts'
import { newSecret } from '../../../core/ids.ts'
import { CATEGORY_IDS, type CreateIncident, MAX_DESCRIPTION, type Place } from '../schema.ts'

const text = (max: number) => z.string().max(max).catch('')

/** What the form sends; anything unreadable counts as not filled in. */
export const LiteForm = z.object({
  token: text(200),
  category: z.enum(CATEGORY_IDS).optional().catch(undefined),
  description: text(4 * MAX_DESCRIPTION),
  hamlet: z.uuid().optional().catch(undefined),
  place: text(300),
  urgent: z.string().optional().catch(undefined),
  consent: z.coerce.number().int().positive().optional().catch(undefined),
})
export type LiteForm = z.infer<typeof LiteForm>

export const EMPTY_FORM: LiteForm = LiteForm.parse({})

export type Lack = 'category' | 'description' | 'place' | 'consent'

/** What is missing, in the order of the form. */
export function lacksOf(form: LiteForm): Lack[] {
  const lacks: Lack[] = []
  if (form.category === undefined) lacks.push('category')
  if (form.description.trim() === '') lacks.push('description')
  if (form.hamlet === undefined && form.place.trim() === '') lacks.push('place')
  if (form.consent === undefined) lacks.push('consent')
  return lacks
}

function placeOf(form: LiteForm, unitCode: string): Place {
  const words = form.place.trim()
  const more = words === '' ? {} : { text: words }
  return form.hamlet === undefined
    ? { source: 'name', unitCode, ...more }
    : { source: 'hamlet', hamletId: form.hamlet, unitCode, ...more }
}

/** The report in a whole form, without its photos. */
export const reportOf = (form: LiteForm, unitCode: string): Omit<CreateIncident, 'media'> => ({
  category: form.category ?? 'other',
  description: form.description,
  place: placeOf(form, unitCode),
  urgency: form.urgent === undefined ? 'normal' : 'urgent',
  consentVersion: form.consent ?? 0,
})

const PURPOSE = 'incidents.lite_form'

/** A form's number and the proof that this visitor was given it: `number.hmac`. */
export async function newToken(ctx: Ctx, visitor: string): Promise<string> {
  const number = newSecret(ctx.ports.random)
  return `${number}.${await ctx.ports.sign(PURPOSE, `${number}\n${visitor}`)}`
}

/** The number of a form that this visitor was given; it is the key under which the form is taken once. */
export async function numberOf(
  ctx: Ctx,
  token: string,
  visitor: string | undefined,
): Promise<string | undefined> {
  const [number = '', proof = ''] = token.split('.')
  if (visitor === undefined) return undefined
  const expected = await ctx.ports.sign(PURPOSE, `${number}\n${visitor}`)
  return isSameText(proof, expected) ? number : undefined
}
