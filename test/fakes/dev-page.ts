/** What one chat of a fake shows: what the bot said, with its buttons. */
export type ShownChat = {
  channel: 'telegram' | 'zalo-oa' | 'zalo-bot'
  chat: string
  messages: { text: string; pictures: readonly string[]; buttons: readonly ShownButton[] }[]
}
/** `id` is what a press sends; a link has `url` instead. */
export type ShownButton = { label: string; id?: string; url?: string }

const NAMES = { telegram: 'Telegram', 'zalo-oa': 'Zalo OA', 'zalo-bot': 'Zalo Bot' } as const

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)

const hidden = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('')

function button({ channel, chat }: ShownChat, { label, id, url }: ShownButton): string {
  if (url !== undefined) return `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`
  const values = hidden({ channel, chat, id: id ?? '' })
  return `<form method="post" action="/press">${values}<button>${escapeHtml(label)}</button></form>`
}

function chatHtml(shown: ShownChat): string {
  const { channel, chat } = shown
  const messages = shown.messages.map(({ text, pictures, buttons }) => {
    const images = pictures.map((url) => `<p>[ảnh] ${escapeHtml(url)}</p>`).join('')
    const row = buttons.map((one) => button(shown, one)).join(' ')
    return `<li><pre>${escapeHtml(text)}</pre>${images}${row}</li>`
  })
  return `<section><h2>${NAMES[channel]}: ${escapeHtml(chat)}</h2><ol>${messages.join('')}</ol>
    <form method="post" action="/say">${hidden({ channel, chat })}
    <input name="text" placeholder="Nhắn như người dân" size="40" required> <button>Gửi</button></form>
    <form method="post" action="/photo">${hidden({ channel, chat })}<button>Gửi một ảnh</button></form>
    </section>`
}

/** The page of `npm run dev:fakes`: every chat with what it received, and a field to speak as the person. */
export const fakesPage = (chats: readonly ShownChat[], appUrl: string): string =>
  `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Kênh giả</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.4 system-ui;margin:1rem;max-width:60rem}pre{white-space:pre-wrap;font:inherit;margin:0}
form{display:inline-block;margin:.2rem}li{margin:.6rem 0;border-left:3px solid #999;padding-left:.6rem}</style>
<h1>Kênh giả: những gì các nền tảng nhận được</h1>
<p>Không có gì ở đây đi ra ngoài máy này. Loa: <a href="${escapeHtml(appUrl)}/console">${escapeHtml(appUrl)}</a>.
<a href="/">Tải lại</a></p>${chats.map(chatHtml).join('')}`
