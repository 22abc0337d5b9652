import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCapFeed } from './feed.ts'
import { readCap } from './read.ts'
import { SAMPLE } from './sample.ts'
import { writeCap } from './write.ts'

const BASE = 'https://kttv.example/feeds/cap.xml'
const read = (text: string) => readCapFeed(new TextEncoder().encode(text), BASE)

describe('a feed of warnings', () => {
  it('Atom: the link of CAP first, else the entry’s own', () => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom">
      <entry><updated>1</updated><link rel="related" href="https://x.example/page"/>
        <link href="/a.html"/><link type="application/cap+xml" href="a.xml#top"/></entry>
      <entry><updated>2</updated><link href="https://kttv.example/b"/></entry>
      <entry><id>https://kttv.example/b</id></entry></feed>`
    expect(read(feed)).toEqual({
      kind: 'feed',
      entries: [
        { url: 'https://kttv.example/feeds/a.xml', stamp: '1' },
        { url: 'https://kttv.example/b', stamp: '2' },
      ],
    })
  })

  it('Atom: an alert inside its entry is the document, each of several, read like any other', () => {
    const inside = (id: string) =>
      writeCap({ ...SAMPLE, identifier: id }).replace(/^<\?xml[^>]*\?>/, '')
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom">
      <entry><updated>1</updated><link href="p.html"/><content type="text/xml">${inside('a')}</content></entry>
      <entry><content type="application/cap+xml">${inside('b')}</content></entry>
      <entry><link href="q.html"/><content type="text/xml"><alert>x</alert></content></entry></feed>`
    const found = read(feed)
    const entries = found.kind === 'feed' ? found.entries : []
    expect(entries.map(({ url }) => url)).toEqual([
      'https://kttv.example/feeds/p.html',
      `${BASE}#b`,
      'https://kttv.example/feeds/q.html',
    ])
    const documents = entries.map(({ document }) => document && readCap(document))
    expect(documents).toMatchObject([
      { alert: { ...SAMPLE, identifier: 'a' } },
      { alert: { ...SAMPLE, identifier: 'b' } },
      undefined,
    ])
  })

  it('RSS: enclosure, link or guid; other schemes are left out', () => {
    const item = (inner: string) => `<item>${inner}</item>`
    const feed = `<rss version="2.0"><channel>
      ${item('<link>https://kttv.example/p</link><enclosure url="c.xml" type="application/cap+xml"/>')}
      ${item('<link>https://kttv.example/d</link><pubDate>Mon</pubDate>')}
      ${item('<guid>e.xml</guid>')}${item('<link>file:///etc/passwd</link>')}</channel></rss>`
    expect(read(feed)).toMatchObject({
      entries: [
        { url: 'https://kttv.example/feeds/c.xml' },
        { url: 'https://kttv.example/d', stamp: 'Mon' },
        { url: 'https://kttv.example/feeds/e.xml' },
      ],
    })
  })

  it('a CAP document by itself, and what is none of them', () => {
    expect(read(writeCap(SAMPLE))).toEqual({ kind: 'alert' })
    expect(read('<html/>')).toEqual({ kind: 'fault', rule: 'not_feed' })
    expect(read('<!DOCTYPE feed><feed/>')).toEqual({ kind: 'fault', rule: 'doctype' })
    expect(read('<feed>'.repeat(40))).toMatchObject({ kind: 'fault' })
  })

  it('never throws, and never gives more than it may', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readCapFeed(bytes, BASE)
      }),
    )
    const many = `<rss><channel>${'<item><link>https://a.example/N</link></item>'
      .repeat(500)
      .replace(/N/g, () => String(Math.random()))}</channel></rss>`
    const found = read(many)
    expect(found.kind === 'feed' && found.entries).toHaveLength(200)
  })
})
