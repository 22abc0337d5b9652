import { browserPlatform } from './browser.ts'
import type { Insets, MainButton, PlaceAnswer, Platform, Theme } from './index.ts'
import { createTelegramBridge, type TelegramBridge } from './telegram-bridge.ts'
import { readLaunch, themeOf } from './telegram-launch.ts'

/** The first version that can say where the person is (Bot API 8.0). */
const PLACE_VERSION = 8
const PLACE_TIMEOUT_MS = 20_000
const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 }

const numberIn = (data: Record<string, unknown>, name: string): number | undefined => {
  const value = data[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

const insetsOf = (data: Record<string, unknown>): Insets => ({
  top: numberIn(data, 'top') ?? 0,
  right: numberIn(data, 'right') ?? 0,
  bottom: numberIn(data, 'bottom') ?? 0,
  left: numberIn(data, 'left') ?? 0,
})

/** Dark when white letters are easier to read on the background than black ones. */
export function themeByColour(background: string | undefined): Theme {
  if (background === undefined) return 'system'
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(background.slice(at, at + 2), 16),
  )
  return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? 'dark' : 'light'
}

/** Asks, and waits for one of `answers`; undefined after the time-out. */
function once(
  bridge: TelegramBridge,
  answers: readonly string[],
  ask: () => void,
  timeoutMs?: number,
): Promise<{ event: string; data: Record<string, unknown> } | undefined> {
  return new Promise((resolve) => {
    const stops = answers.map((event) => bridge.on(event, (data) => finish({ event, data })))
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => finish(undefined), timeoutMs)
    function finish(answer: { event: string; data: Record<string, unknown> } | undefined) {
      clearTimeout(timer)
      for (const stop of stops) stop()
      resolve(answer)
    }
    ask()
  })
}

async function placeBy(bridge: TelegramBridge): Promise<PlaceAnswer> {
  const ask = () => bridge.post('web_app_request_location')
  const answer = await once(bridge, ['location_requested'], ask, PLACE_TIMEOUT_MS)
  if (answer === undefined) return { kind: 'unavailable' }
  const lat = numberIn(answer.data, 'latitude')
  const lng = numberIn(answer.data, 'longitude')
  if (lat === undefined || lng === undefined) return { kind: 'denied' }
  const accuracyM = numberIn(answer.data, 'horizontal_accuracy')
  return { kind: 'found', lng, lat, ...(accuracyM === undefined ? {} : { accuracyM }) }
}

async function scanBy(bridge: TelegramBridge): Promise<string | undefined> {
  const ask = () => bridge.post('web_app_open_scan_qr_popup', {})
  const answer = await once(bridge, ['qr_text_received', 'scan_qr_popup_closed'], ask)
  if (answer?.event !== 'qr_text_received') return undefined
  bridge.post('web_app_close_scan_qr_popup')
  const text = answer.data.data
  return typeof text === 'string' ? text : undefined
}

/** Colours of the main button: the host's accent is the person's own, ours would be a stranger there. */
function mainButton(bridge: TelegramBridge) {
  let press: (() => void) | undefined
  bridge.on('main_button_pressed', () => press?.())
  return (button: MainButton | undefined) => {
    press = button?.isEnabled && !button.isBusy ? button.onPress : undefined
    bridge.post('web_app_setup_main_button', {
      is_visible: button !== undefined,
      is_active: button?.isEnabled ?? false,
      is_progress_visible: button?.isBusy ?? false,
      ...(button === undefined ? {} : { text: button.text }),
    })
  }
}

/** Inside Telegram: its own events (https://core.telegram.org/api/web-events), no script of theirs. */
export function telegramPlatform(): Platform {
  const launch = readLaunch()
  const bridge = createTelegramBridge()
  const browser = browserPlatform()
  let colours = launch?.themeParams ?? {}
  let device = NO_INSETS
  let content = NO_INSETS
  let goBack: (() => void) | undefined
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  bridge.on('theme_changed', (data) => {
    colours = themeOf(data.theme_params)
    changed()
  })
  bridge.on('safe_area_changed', (data) => {
    device = insetsOf(data)
    changed()
  })
  bridge.on('content_safe_area_changed', (data) => {
    content = insetsOf(data)
    changed()
  })
  bridge.on('back_button_pressed', () => goBack?.())
  for (const event of [
    'web_app_ready',
    'web_app_expand',
    'web_app_request_safe_area',
    'web_app_request_content_safe_area',
  ]) {
    bridge.post(event)
  }
  const { initData, version = '6.0' } = launch ?? {}
  return {
    ...browser,
    name: 'telegram',
    whoAmI: async () => (initData === undefined ? undefined : { host: 'telegram', initData }),
    place: () => (Number.parseFloat(version) >= PLACE_VERSION ? placeBy(bridge) : browser.place()),
    scanQr: () => scanBy(bridge),
    share: async ({ text, url }) => {
      const query = new URLSearchParams({ ...(url === undefined ? {} : { url }), text })
      bridge.post('web_app_open_tg_link', { path_full: `/share/url?${query}` })
      return 'shared'
    },
    openLink: (url) => bridge.post('web_app_open_link', { url }),
    close: () => bridge.post('web_app_close'),
    theme: () => themeByColour(colours.bg_color),
    insets: () => ({
      top: device.top + content.top,
      right: device.right + content.right,
      bottom: device.bottom + content.bottom,
      left: device.left + content.left,
    }),
    onLook: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    showBack: (onBack) => {
      goBack = onBack
      bridge.post('web_app_setup_back_button', { is_visible: onBack !== undefined })
    },
    drawsBack: () => true,
    showMain: mainButton(bridge),
  }
}
