import { writeXmlDocument, type XmlElement, xml } from '../xml.ts'
import { readXmlTree, type XmlLimits, type XmlTree } from '../xml-tree.ts'
import { CAP_NAMESPACES, CAP_VERSIONS } from './schema.ts'

/** Ours: some hundred entries with their summaries. */
const FEED_LIMITS: XmlLimits = { maxBytes: 2_000_000, maxDepth: 16, maxElements: 20_000 }
/** The newest of a feed; whoever publishes more at once is no warning service. */
const MAX_ENTRIES = 200

/** A document that a feed names; another `stamp` says that it changed. */
export type FeedEntry = {
  url: string
  stamp: string
  /** The document itself, where the entry holds it: nothing is to be fetched. */
  document?: Uint8Array
}
export type ReadFeed =
  | { kind: 'alert' }
  | { kind: 'feed'; entries: FeedEntry[] }
  /** `limit`, `doctype`, `encoding`, `malformed` or `not_feed`. */
  | { kind: 'fault'; rule: string }

/**
 * Tells an Atom feed (RFC 4287), an RSS 2.0 channel and a CAP document by itself apart, and lists what a feed names.
 * Addresses are made absolute against `baseUrl`; only http(s) ones are taken, each once. Total.
 */
export function readCapFeed(bytes: Uint8Array, baseUrl: string): ReadFeed {
  const read = readXmlTree(bytes, FEED_LIMITS)
  if (!read.ok) return { kind: 'fault', rule: read.fault.rule }
  const { root } = read
  if (root.name === 'alert' && isCap(root)) return { kind: 'alert' }
  const items = itemsOf(root)
  if (items === undefined) return { kind: 'fault', rule: 'not_feed' }
  const found = new Map<string, FeedEntry>()
  for (const { href, stamp, alert } of items) {
    const url = alert === undefined ? webAddress(href, baseUrl) : ownAddress(alert, href, baseUrl)
    const held = alert === undefined ? {} : { document: documentOf(alert) }
    if (url !== undefined && !found.has(url)) found.set(url, { url, stamp, ...held })
    if (found.size === MAX_ENTRIES) break
  }
  return { kind: 'feed', entries: [...found.values()] }
}

type Item = { href: string; stamp: string; alert?: XmlTree }

function itemsOf(root: XmlTree): Item[] | undefined {
  if (root.name === 'feed') return all(root, 'entry').map(atomItem)
  const [channel] = all(root, 'channel')
  // RSS 1.0 keeps its items beside the channel.
  if (root.name === 'rss' && channel !== undefined) return all(channel, 'item').map(rssItem)
  return root.name === 'RDF' && channel !== undefined ? all(root, 'item').map(rssItem) : undefined
}

const isCap = ({ namespace }: XmlTree): boolean =>
  CAP_VERSIONS.some((version) => CAP_NAMESPACES[version] === namespace)

/** Names that our writer takes; CAP has no others. */
const PLAIN = /^[A-Za-z_][\w.-]*$/

/** CAP has neither attributes nor text beside elements; what is of other namespaces (a signature) is left out. */
function asCap(tree: XmlTree): XmlElement {
  const own = tree.children.filter(
    ({ name, namespace }) => namespace === tree.namespace && PLAIN.test(name),
  )
  return xml(tree.name, own.length === 0 ? tree.text : own.map(asCap))
}

/** An alert inside an entry as a document of its own. */
const documentOf = (alert: XmlTree): Uint8Array =>
  new TextEncoder().encode(
    writeXmlDocument({ ...asCap(alert), attributes: { xmlns: alert.namespace } }),
  )

/** Where an alert inside an entry is read: the entry's page, else its place in the feed. */
function ownAddress(alert: XmlTree, href: string, baseUrl: string): string | undefined {
  const page = webAddress(href, baseUrl)
  if (page !== undefined && page !== webAddress(baseUrl, baseUrl)) return page
  const url = new URL(baseUrl)
  url.hash = text(alert, 'identifier')
  return url.href.length <= 1_000 ? url.href : undefined
}

const CAP_TYPE = 'application/cap+xml'
const all = (tree: XmlTree, name: string): XmlTree[] =>
  tree.children.filter((child) => child.name === name)
const text = (tree: XmlTree, name: string): string => all(tree, name)[0]?.text.trim() ?? ''
const attribute = (tree: XmlTree, name: string): string =>
  tree.attributes.find((one) => one.name === name)?.value.trim() ?? ''

/** The link that says CAP; else the entry's own page, which in most feeds is the document. */
function atomItem(entry: XmlTree): Item {
  const links = all(entry, 'link')
  const own = links.filter((link) => ['', 'alternate'].includes(attribute(link, 'rel')))
  const cap = links.find((link) => attribute(link, 'type') === CAP_TYPE)
  const link = cap ?? own.find((one) => /xml/.test(attribute(one, 'type'))) ?? own[0]
  const alert = [entry, ...all(entry, 'content')].flatMap((one) => all(one, 'alert')).find(isCap)
  return {
    ...(alert === undefined ? {} : { alert }),
    href: link === undefined ? text(entry, 'id') : attribute(link, 'href'),
    stamp: text(entry, 'updated').slice(0, 100),
  }
}

function rssItem(item: XmlTree): Item {
  const cap = all(item, 'enclosure').find((one) => attribute(one, 'type') === CAP_TYPE)
  return {
    href: cap === undefined ? text(item, 'link') || text(item, 'guid') : attribute(cap, 'url'),
    stamp: text(item, 'pubDate').slice(0, 100),
  }
}

function webAddress(href: string, baseUrl: string): string | undefined {
  if (href === '' || !URL.canParse(href, baseUrl)) return undefined
  const url = new URL(href, baseUrl)
  url.hash = ''
  return /^https?:$/.test(url.protocol) && url.href.length <= 1_000 ? url.href : undefined
}
