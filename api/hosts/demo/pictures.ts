import sharp from 'sharp'

/** Drawn pictures for the demo cases; nobody's photo is used. Each is a plain scene of one idea. */
const WIDTH = 1200
const HEIGHT = 800

const frame = (sky: string, ground: string, content: string) => `
<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 1200 800">
  <rect width="1200" height="800" fill="${sky}"/>
  <rect y="430" width="1200" height="370" fill="${ground}"/>
  ${content}
</svg>`

const house = (x: number, y: number) => `
  <rect x="${x}" y="${y}" width="180" height="130" fill="#e8dcc8"/>
  <path d="M${x - 20} ${y} L${x + 90} ${y - 80} L${x + 200} ${y} Z" fill="#a4503c"/>
  <rect x="${x + 70}" y="${y + 50}" width="45" height="80" fill="#6b4a32"/>`
const water = (y: number) => `
  <rect y="${y}" width="1200" height="${HEIGHT - y}" fill="#8a7a5c"/>
  <path d="M0 ${y + 40} q60 -18 120 0 t120 0 t120 0 t120 0 t120 0 t120 0 t120 0 t120 0 t120 0 t120 0"
    stroke="#c9bb98" stroke-width="8" fill="none"/>`
const bags = (many: number) =>
  Array.from({ length: many }, (_, i) => {
    const x = 320 + (i % 6) * 95
    const y = 640 - Math.floor(i / 6) * 70
    return `<path d="M${x} ${y} q-46 -70 0 -96 q46 26 0 96 Z" fill="${i % 2 ? '#3c4a52' : '#56656e'}"/>`
  }).join('')

const SCENES = {
  flood: frame('#9fb2bd', '#7f9a6a', house(160, 330) + house(820, 340) + water(470)),
  bank: frame(
    '#b9cbd4',
    '#86a06c',
    `${water(600)}<path d="M0 560 L520 560 L640 640 L560 800 L0 800 Z" fill="#7a5b3d"/>${house(140, 410)}`,
  ),
  drain: frame(
    '#c5d6de',
    '#8d8f8a',
    `<rect x="430" y="520" width="340" height="190" rx="12" fill="#3d4144"/>${bags(4)}`,
  ),
  lamp: frame(
    '#1d2733',
    '#2c3238',
    `<rect x="590" y="150" width="18" height="480" fill="#7c8790"/><path d="M599 155 h150 v26 h-150 Z" fill="#7c8790"/><circle cx="735" cy="196" r="18" fill="#4a525a"/>`,
  ),
  smoke: frame(
    '#d9cfb8',
    '#c9a94f',
    `<g fill="#8f8a80" opacity=".8"><circle cx="520" cy="330" r="120"/><circle cx="650" cy="250" r="150"/><circle cx="790" cy="330" r="110"/></g><path d="M480 560 l60 -130 l40 70 l50 -90 l60 150 Z" fill="#e2711d"/>`,
  ),
  dumpBefore: frame('#c9d8de', '#93a07a', bags(18)),
  dumpAfter: frame(
    '#c9e2ee',
    '#7fae6a',
    `${house(760, 330)}<g fill="#4e8a45"><circle cx="250" cy="500" r="70"/><circle cx="420" cy="520" r="56"/><circle cx="600" cy="505" r="64"/></g>`,
  ),
  sinkhole: frame(
    '#c3d3da',
    '#a8a69e',
    `${house(860, 300)}<ellipse cx="520" cy="620" rx="250" ry="90" fill="#4b4238"/><ellipse cx="520" cy="640" rx="200" ry="62" fill="#241f1a"/>`,
  ),
  tree: frame(
    '#bcd3e0',
    '#8c9b74',
    `<g transform="rotate(22 520 640)"><rect x="495" y="330" width="50" height="310" fill="#6b4a32"/><circle cx="520" cy="270" r="150" fill="#4e8a45"/></g><path d="M440 650 l60 24 l50 -18 l70 26" stroke="#4b3a28" stroke-width="10" fill="none"/>`,
  ),
  paper: frame(
    '#c8bfae',
    '#8b6f4e',
    `<g transform="rotate(-4 600 420)"><rect x="360" y="130" width="480" height="600" fill="#fbfaf5"/><g stroke="#6a6f77" stroke-width="10"><path d="M420 220 h360 M420 290 h360 M420 360 h360 M420 430 h240"/></g><path d="M640 600 q50 -70 80 0 t90 -20" stroke="#2a4a8c" stroke-width="9" fill="none"/></g>`,
  ),
} as const

export type Scene = keyof typeof SCENES

/** JPEG bytes of a scene. */
export async function drawScene(scene: Scene): Promise<Uint8Array> {
  return new Uint8Array(await sharp(Buffer.from(SCENES[scene])).jpeg({ quality: 82 }).toBuffer())
}
