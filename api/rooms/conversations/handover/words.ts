import type { Content } from '../../../chat/inbound.ts'
import type { Ctx } from '../../../context.ts'
import { withoutPhones } from '../../../understanding/index.ts'

/** What a message says in a thread: telephone numbers are masked, whoever reads it. */
export function wordsOf(ctx: Ctx, body: Content): string {
  if (body.kind === 'contact') return ctx.t('person:line.contact')
  if (body.kind === 'location')
    return ctx.t('person:line.place', { lat: body.at.lat, lng: body.at.lng })
  const { text } = withoutPhones(typedIn(body))
  if (body.kind === 'photo') return [ctx.t('person:line.photo'), text].join(' ').trim()
  return text === '' ? ctx.t('person:line.other') : text
}

/** Numbers that messages give, national digits, each once. */
export const phonesIn = (bodies: readonly Content[]): string[] => [
  ...new Set(
    bodies.flatMap((body) =>
      body.kind === 'contact' ? [body.phone] : withoutPhones(typedIn(body)).phones,
    ),
  ),
]

function typedIn(body: Content): string {
  switch (body.kind) {
    case 'text':
      return body.text
    case 'photo':
      return body.caption ?? ''
    case 'form':
      return body.fields.description
    default:
      return ''
  }
}
