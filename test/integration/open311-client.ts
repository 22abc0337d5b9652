/**
 * What FixMyStreet's client does over the wire (perllib/Open311.pm): its paths, parameters and time formats, and its
 * reading of XML with XML::Simple (lists forced for the same names, grouped the same way, empty is undefined).
 */
type Node = { [name: string]: Value }
type Value = string | undefined | Node | (string | undefined | Node)[]

const FORCED = ['service', 'attribute', 'value', 'request', 'error', 'request_update']
const GROUPS: Record<string, string> = { attributes: 'attribute', values: 'value' }
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#13': '\r' }
const decode = (text: string) => text.replace(/&([#\w]+);/g, (_all, name) => ENTITIES[name] ?? '?')

/** Reads a document and returns what stands in its root; throws on anything that is not well formed. */
export function parseXml(text: string): Node {
  const tokens = text.matchAll(/<\?[^>]*\?>|<(\/?)([\w:]+)([^<>]*?)(\/?)>|([^<]+)/g)
  const stack: { name: string; node: Node; text: string }[] = [{ name: '', node: {}, text: '' }]
  const top = () => {
    const one = stack.at(-1)
    if (one === undefined) throw new Error('a tag ends that never began')
    return one
  }
  const close = (name: string) => {
    const { name: opened, node, text: inner } = top()
    if (opened !== name) throw new Error(`<${opened}> is ended by </${name}>`)
    stack.pop()
    const hasChildren = Object.keys(node).length > 0
    const group = GROUPS[name]
    const whole = hasChildren ? node : inner === '' ? undefined : decode(inner)
    const value = group !== undefined && hasChildren ? node[group] : whole
    const parent = top().node
    const had = parent[name]
    if (FORCED.includes(name)) parent[name] = [...(Array.isArray(had) ? had : []), value as Node]
    else parent[name] = value
  }
  let length = 0
  for (const [all, slash, name = '', , selfClosed, words] of tokens) {
    length += all.length
    if (words !== undefined) top().text += words
    else if (all.startsWith('<?')) continue
    else if (slash === '/') close(name)
    else {
      stack.push({ name, node: {}, text: '' })
      if (selfClosed === '/') close(name)
    }
  }
  if (stack.length !== 1 || length !== text.length) throw new Error('not well-formed XML')
  const [root] = Object.values(top().node)
  return typeof root === 'object' && !Array.isArray(root) ? root : {}
}

type Send = (path: string, init?: RequestInit) => Promise<Response>
type Row = Record<string, string | undefined>

/** `format_datetime` of DateTime::Format::W3CDTF in UTC. */
export const w3c = (at: Date) => `${at.toISOString().slice(0, 19)}Z`

export function fixMyStreet(send: Send, config: { apiKey?: string; jurisdiction?: string }) {
  const { apiKey, jurisdiction } = config
  const state = { isSuccess: false, error: '' }
  const request = async (method: 'GET' | 'POST', path: string, given: Record<string, string>) => {
    const params = new URLSearchParams(given)
    if (jurisdiction !== undefined) params.set('jurisdiction_id', jurisdiction)
    if (method === 'POST' && apiKey !== undefined) params.set('api_key', apiKey)
    const url = `/open311/v2/${path}`
    const answer =
      method === 'GET'
        ? await send(`${url}?${params}`)
        : await send(url, {
            method,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: params.toString(),
          })
    const body = parseXml(await answer.text())
    state.isSuccess = answer.ok
    const errors = (body.error ?? []) as Row[]
    state.error = errors.map((e) => `${e.code}: ${e.description}\n`).join('')
    return answer.ok ? body : {}
  }
  const rows = (value: Value) => (Array.isArray(value) ? (value as Row[]) : [])
  return {
    state,
    getServiceList: async () => rows((await request('GET', 'services.xml', {})).service),
    getServiceMetaInfo: async (id: string) =>
      rows((await request('GET', `services/${id}.xml`, {})).attributes) as unknown as Node[],
    /** Undefined when the endpoint gave neither an id nor a token. */
    sendServiceRequest: async (params: Record<string, string>) => {
      const [made] = rows((await request('POST', 'requests.xml', params)).request)
      if (made?.service_request_id !== undefined) return made.service_request_id
      if (made?.token === undefined) return undefined
      const [found] = rows((await request('GET', `tokens/${made.token}.xml`, {})).request)
      return found?.service_request_id
    },
    getServiceRequests: async (args: Record<string, string> & { ids?: never } = {}) =>
      rows((await request('GET', 'requests.xml', args)).request),
    getServiceRequestUpdates: async (start?: Date, end?: Date) =>
      rows(
        (
          await request('GET', 'servicerequestupdates.xml', {
            api_key: apiKey ?? '',
            ...(start && end ? { start_date: w3c(start), end_date: w3c(end) } : {}),
          })
        ).request_update,
      ),
    postServiceRequestUpdate: async (params: Record<string, string>) => {
      const body = await request('POST', 'servicerequestupdates.xml', params)
      return rows(body.request_update)[0]?.update_id
    },
  }
}
