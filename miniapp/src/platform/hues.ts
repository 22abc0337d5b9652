import { appFacts } from '../shared/app-facts.ts'
import { browserPlatform } from './browser.ts'
import { openLine } from './hues-line.ts'
import { type Ability, BRIDGE_VERSION, type FromHost, type Look } from './hues-protocol.ts'
import type { AuthorizationAnswer, PlaceAnswer, Platform } from './index.ts'

type Answer = Extract<FromHost, { type: 'answer' }>
type Fields = Record<string, unknown>
const NO_INSETS = { top: 0, right: 0, bottom: 0, left: 0 }

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

function placeOf(answer: Answer): PlaceAnswer {
  if (!answer.ok) return { kind: answer.reason === 'denied' ? 'denied' : 'unavailable' }
  const { lng, lat, accuracyM } = fieldsOf(answer.value)
  if (typeof lng !== 'number' || typeof lat !== 'number') return { kind: 'unavailable' }
  return { kind: 'found', lng, lat, ...(typeof accuracyM === 'number' ? { accuracyM } : {}) }
}

function authorizationOf(answer: Answer): AuthorizationAnswer | undefined {
  const fields = fieldsOf(answer.ok ? answer.value : undefined)
  const [code, state, iss] = [fields.code, fields.state, fields.iss].map(textOf)
  if (code === undefined || state === undefined) return undefined
  return { code, state, ...(iss === undefined ? {} : { iss }) }
}

const filesOf = (answer: Answer): File[] =>
  answer.ok && Array.isArray(answer.value)
    ? answer.value
        .filter((one): one is Blob => one instanceof Blob)
        .map((blob) => new File([blob], 'photo.jpg', { type: blob.type }))
    : []

/** Inside a super-app that speaks our bridge; whatever it cannot do, the browser does. */
export function huesPlatform(): Platform {
  const browser = browserPlatform()
  const line = openLine(async () => (await appFacts()).embedOrigins)
  const waiting = new Map<string, (answer: Answer) => void>()
  const lookers = new Set<() => void>()
  const onlookers = new Set<(isOnline: boolean) => void>()
  let can: readonly Ability[] = []
  let look: Look = {}
  let isOnline = navigator.onLine
  let goBack: (() => void) | undefined
  let count = 0

  const call = (name: Ability, params: Fields = {}): Promise<Answer> =>
    new Promise((resolve) => {
      const id = `c${++count}`
      waiting.set(id, resolve)
      line.send({ loa: BRIDGE_VERSION, type: 'call', id, name, params })
    })
  const has = (ability: Ability) => can.includes(ability)
  const changeLook = (next: Look) => {
    look = { ...look, ...next }
    for (const listener of lookers) listener()
  }
  const go = (route: string) => {
    location.hash = route
  }
  const showBack = (onBack: (() => void) | undefined) => {
    goBack = onBack
    if (has('back')) {
      const params = { isVisible: onBack !== undefined }
      line.send({ loa: BRIDGE_VERSION, type: 'note', name: 'back', params })
    }
  }
  line.listen((message) => {
    switch (message.type) {
      case 'welcome':
        can = message.can
        changeLook(message.look)
        if (message.route !== undefined && /^#?\/?$/.test(location.hash)) go(message.route)
        showBack(goBack)
        break
      case 'answer':
        waiting.get(message.id)?.(message)
        waiting.delete(message.id)
        break
      case 'look':
        changeLook(message.look)
        break
      case 'online':
        isOnline = message.isOnline
        for (const listener of onlookers) listener(isOnline)
        break
      case 'back':
        goBack?.()
        break
      case 'route':
        go(message.route)
    }
  })

  return {
    ...browser,
    name: 'hues',
    authorize: async (url) =>
      has('authorize') ? authorizationOf(await call('authorize', { url })) : undefined,
    place: async () => (has('place') ? placeOf(await call('place')) : browser.place()),
    photo: async (source, max) =>
      has('photo')
        ? filesOf(await call('photo', { source, max })).slice(0, max)
        : browser.photo(source, max),
    scanQr: async () => {
      if (!has('scanQr')) return browser.scanQr?.()
      const answer = await call('scanQr')
      return answer.ok ? textOf(answer.value) : undefined
    },
    share: async (content) => {
      if (!has('share')) return browser.share(content)
      return (await call('share', content)).ok ? 'shared' : 'failed'
    },
    openLink: (url) => {
      if (has('openLink'))
        line.send({ loa: BRIDGE_VERSION, type: 'note', name: 'openLink', params: { url } })
      else browser.openLink(url)
    },
    close: () => line.send({ loa: BRIDGE_VERSION, type: 'note', name: 'close', params: {} }),
    theme: () => look.theme ?? 'system',
    insets: () => look.insets ?? NO_INSETS,
    onLook: (listener) => {
      lookers.add(listener)
      return () => lookers.delete(listener)
    },
    isOnline: () => isOnline && navigator.onLine,
    onOnline: (listener) => {
      onlookers.add(listener)
      const stop = browser.onOnline((browserIs) => {
        isOnline = browserIs
        listener(browserIs)
      })
      return () => {
        stop()
        onlookers.delete(listener)
      }
    },
    showBack,
    drawsBack: () => has('back'),
  }
}
