import type { Translate } from '../../../../locales/index.ts'
import { CATEGORY_ORDER } from '../data/categories.ts'
import { KINDS_OF } from '../data/kinds.ts'
import type { CategoryId } from '../schema.ts'
import type { Answer, Fields } from './answer.ts'

const GROUP_OF: Record<CategoryId, 'infrastructure' | 'environment' | 'safety' | 'services'> = {
  road: 'infrastructure',
  drainage: 'infrastructure',
  lighting: 'infrastructure',
  trees: 'environment',
  waste: 'environment',
  pollution: 'environment',
  noise: 'safety',
  water_supply: 'infrastructure',
  electricity: 'infrastructure',
  telecom: 'infrastructure',
  traffic: 'safety',
  order: 'safety',
  security: 'safety',
  construction: 'safety',
  food_safety: 'services',
  consumer: 'services',
  heritage_tourism: 'services',
  education: 'services',
  health: 'services',
  public_service: 'services',
  flood: 'environment',
  animals: 'environment',
  other: 'services',
}

/** The number that a case has in the partner's own system: the same one again is the same request. */
export const REFERENCE_ATTRIBUTES = ['fixmystreet_id', 'external_id'] as const

export const serviceCode = (code: string): CategoryId | undefined =>
  CATEGORY_ORDER.find((id) => id === code)

function toService(t: Translate, id: CategoryId): Fields {
  const name = t(`incidents:category.${id}`)
  const kinds = (KINDS_OF[id] ?? []).map((kind) => t(`incidents:kind.${kind}`))
  return {
    service_code: id,
    service_name: name,
    description: t('incidents:open311.service', { name }),
    metadata: true,
    type: 'realtime',
    keywords: [name, ...kinds].map((word) => word.replaceAll(',', ' ').toLowerCase()).join(','),
    group: t(`incidents:open311.group.${GROUP_OF[id]}`),
  }
}

export const serviceList = (t: Translate): Answer => ({
  root: 'services',
  content: { item: 'service', of: CATEGORY_ORDER.map((id) => toService(t, id)) },
})

const choice = (key: string, name: string): Fields => ({ key, name })

/** What else may be said about a request of this service; nothing of it must be. */
export function serviceDefinition(t: Translate, id: CategoryId): Answer {
  const kinds = KINDS_OF[id] ?? []
  const attribute = (order: number, fields: Fields): Fields => ({
    variable: true,
    required: false,
    datatype_description: null,
    order,
    ...fields,
  })
  const attributes: Fields[] = [
    attribute(1, {
      code: 'urgency',
      datatype: 'singlevaluelist',
      description: t('incidents:open311.attribute.urgency'),
      values: {
        item: 'value',
        of: (['normal', 'urgent'] as const).map((key) =>
          choice(key, t(`incidents:urgency.${key}`)),
        ),
      },
    }),
    // `automated` is FixMyStreet's word for what it fills in itself; others send it or not.
    attribute(2, {
      code: REFERENCE_ATTRIBUTES[0],
      datatype: 'string',
      description: t('incidents:open311.attribute.reference'),
      automated: 'server_set',
    }),
  ]
  if (kinds.length > 0) {
    attributes.push(
      attribute(3, {
        code: 'kind',
        datatype: 'singlevaluelist',
        description: t('incidents:open311.attribute.kind'),
        values: {
          item: 'value',
          of: kinds.map((kind) => choice(kind, t(`incidents:kind.${kind}`))),
        },
      }),
    )
  }
  return {
    root: 'service_definition',
    content: { service_code: id, attributes: { item: 'attribute', of: attributes } },
  }
}
