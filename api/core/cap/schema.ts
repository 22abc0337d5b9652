/**
 * What the XML schemas of CAP allow: elements in their order, how often, and of which kind. Source: OASIS CAP-v1.2 and
 * CAP-v1.1 (schemas of 2010 and 2005), CAP 1.0 (incident.com, 2004).
 */
export const CAP_VERSIONS = ['1.0', '1.1', '1.2'] as const
export type CapVersion = (typeof CAP_VERSIONS)[number]

export const CAP_NAMESPACES: Readonly<Record<CapVersion, string>> = {
  '1.0': 'http://www.incident.com/cap/1.0',
  '1.1': 'urn:oasis:names:tc:emergency:cap:1.1',
  '1.2': 'urn:oasis:names:tc:emergency:cap:1.2',
}
/** Signatures may stand at the end of an alert (1.2). */
export const SIGNATURE_NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#'

export type CapContent =
  | { kind: 'text' | 'dateTime' | 'zonedDateTime' | 'language' | 'uri' | 'integer' | 'decimal' }
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'elements'; elements: readonly CapElement[]; maySign?: true }

export type CapElement = {
  name: string
  content: CapContent
  isRequired: boolean
  isRepeatable: boolean
}

export const STATUSES = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const
export const MESSAGE_TYPES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const
export const SCOPES = ['Public', 'Restricted', 'Private'] as const
export const CATEGORIES =
  'Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other'.split(' ')
export const RESPONSE_TYPES =
  'Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None'.split(' ')
export const URGENCIES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const
export const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const
export const CERTAINTIES = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const

const TEXT: CapContent = { kind: 'text' }
const URI: CapContent = { kind: 'uri' }
const choice = (values: readonly string[]): CapContent => ({ kind: 'choice', values })
const of = (...elements: readonly CapElement[]) => ({ kind: 'elements', elements }) as const

const one = (name: string, content: CapContent = TEXT): CapElement => ({
  name,
  content,
  isRequired: true,
  isRepeatable: false,
})
const maybe = (name: string, content: CapContent = TEXT): CapElement => ({
  ...one(name, content),
  isRequired: false,
})
const any = (name: string, content: CapContent = TEXT): CapElement => ({
  ...maybe(name, content),
  isRepeatable: true,
})
const some = (name: string, content: CapContent = TEXT): CapElement => ({
  ...one(name, content),
  isRepeatable: true,
})

/** The root of one version's schema. */
function alertOf(version: CapVersion): CapElement {
  const is10 = version === '1.0'
  const is12 = version === '1.2'
  const date: CapContent = { kind: is12 ? 'zonedDateTime' : 'dateTime' }
  const number: CapContent = is12 ? { kind: 'decimal' } : TEXT
  // 1.0 wrote "name=value" as one text.
  const pair = is10 ? TEXT : of(one('valueName'), one('value'))
  const without = (values: readonly string[], ...names: string[]) =>
    choice(values.filter((value) => !names.includes(value)))

  const resource = of(
    one('resourceDesc'),
    is12 ? one('mimeType') : maybe('mimeType'),
    maybe('size', { kind: 'integer' }),
    maybe('uri', URI),
    ...(is10 ? [] : [maybe('derefUri')]),
    maybe('digest'),
  )
  const area = of(
    one('areaDesc'),
    any('polygon'),
    any('circle'),
    any('geocode', pair),
    maybe('altitude', number),
    maybe('ceiling', number),
  )
  const categories = is10 ? without(CATEGORIES, 'CBRNE') : choice(CATEGORIES)
  const responses = is12 ? choice(RESPONSE_TYPES) : without(RESPONSE_TYPES, 'Avoid', 'AllClear')
  const certainties = is10
    ? choice(['Very Likely', ...CERTAINTIES.filter((value) => value !== 'Observed')])
    : choice(CERTAINTIES)
  const info = of(
    maybe('language', { kind: 'language' }),
    is10 ? any('category', categories) : some('category', categories),
    one('event'),
    ...(is10 ? [] : [any('responseType', responses)]),
    one('urgency', choice(URGENCIES)),
    one('severity', choice(SEVERITIES)),
    one('certainty', certainties),
    maybe('audience'),
    any('eventCode', pair),
    maybe('effective', date),
    maybe('onset', date),
    maybe('expires', date),
    maybe('senderName'),
    maybe('headline'),
    maybe('description'),
    maybe('instruction'),
    maybe('web', URI),
    maybe('contact'),
    any('parameter', pair),
    any('resource', resource),
    any('area', area),
  )
  const alert = of(
    one('identifier'),
    one('sender'),
    one('sent', date),
    one('status', is10 ? without(STATUSES, 'Draft') : choice(STATUSES)),
    one('msgType', choice(MESSAGE_TYPES)),
    ...(is10 ? [maybe('password')] : []),
    maybe('source'),
    is10 ? maybe('scope', choice(SCOPES)) : one('scope', choice(SCOPES)),
    maybe('restriction'),
    maybe('addresses'),
    any('code'),
    maybe('note'),
    maybe('references'),
    maybe('incidents'),
    any('info', info),
  )
  return one('alert', is12 ? { ...alert, maySign: true } : alert)
}

export const CAP_SCHEMAS: Readonly<Record<CapVersion, CapElement>> = {
  '1.0': alertOf('1.0'),
  '1.1': alertOf('1.1'),
  '1.2': alertOf('1.2'),
}
