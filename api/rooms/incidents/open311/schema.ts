import { z } from 'zod'
import { clean } from '../../../core/text.ts'
import { MAX_DESCRIPTION } from '../schema.ts'

/** GeoReport v2: a parameter that is empty is one that was not sent; a list is comma-separated or repeated. */
const text = (max: number) => z.string().max(max)
const number = (min: number, max: number) => z.coerce.number().min(min).max(max)

export const MAX_REQUESTS = 1_000
export const MAX_PARTNER_PHOTOS = 5

export const RequestsQuery = z.object({
  service_request_id: text(20_000).optional(),
  service_code: text(2_000).optional(),
  start_date: text(40).optional(),
  end_date: text(40).optional(),
  status: text(40).optional(),
  lat: number(-90, 90).optional(),
  long: number(-180, 180).optional(),
  radius: number(1, 20_000).optional(),
  page: z.coerce.number().int().min(1).max(1_000).default(1),
  page_size: z.coerce.number().int().min(1).max(MAX_REQUESTS).default(MAX_REQUESTS),
})

export const UpdatesQuery = z.object({
  api_key: text(200).optional(),
  service_request_id: text(20_000).optional(),
  start_date: text(40).optional(),
  end_date: text(40).optional(),
})

/** What is sent about the sender (email, names, phone, device, account) stays with the partner: it is never read. */
export const NewRequest = z.object({
  api_key: text(200).optional(),
  service_code: text(60),
  lat: number(-90, 90).optional(),
  long: number(-180, 180).optional(),
  address_string: text(300).optional(),
  address_id: text(60).optional(),
  description: z
    .string()
    .max(4 * MAX_DESCRIPTION)
    .transform(clean)
    .pipe(text(MAX_DESCRIPTION))
    .optional(),
  service_request_id_ext: text(100).optional(),
  urgency: z.enum(['normal', 'urgent']).optional(),
  kind: text(60).optional(),
})

export const NewUpdate = z.object({
  api_key: text(200).optional(),
  service_request_id: text(60),
  update_id: text(100).optional(),
  updated_datetime: text(40).optional(),
  status: text(40).optional(),
  description: z
    .string()
    .max(4 * MAX_DESCRIPTION)
    .transform(clean)
    .pipe(text(MAX_DESCRIPTION))
    .optional(),
})

/** What a key may do. */
export const RIGHTS = ['requests.create', 'updates.create', 'updates.read'] as const
export type Right = (typeof RIGHTS)[number]

export const NewKey = z.object({
  /** Also the name of the partner's numbers beside ours. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  rights: z
    .array(z.enum(RIGHTS))
    .min(1)
    .default([...RIGHTS]),
  requestsPerMinute: z.number().int().min(1).max(10_000).default(60),
})
export type NewKey = z.input<typeof NewKey>
