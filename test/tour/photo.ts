import sharp from 'sharp'

/** A real JPEG as a phone makes it: camera name, time and GPS position in its EXIF. */
export async function phonePhoto(options: {
  label: string
  lng: number
  lat: number
  takenAt?: string
}): Promise<Uint8Array> {
  const { label, lng, lat } = options
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">
    <rect width="1600" height="1200" fill="#8fa5b0"/><rect y="650" width="1600" height="550" fill="#85775b"/>
    <text x="80" y="180" font-size="96" fill="#ffffff" font-family="sans-serif">${label}</text></svg>`
  const jpeg = await sharp(Buffer.from(svg))
    .jpeg({ quality: 88 })
    .withExif({
      IFD0: { Make: 'DemoPhone', Model: 'Secret Model 7', Orientation: '1' },
      IFD2: {
        DateTimeOriginal: options.takenAt ?? nextSecond(),
        OffsetTimeOriginal: '+07:00',
      },
      IFD3: {
        GPSLatitudeRef: lat >= 0 ? 'N' : 'S',
        GPSLatitude: degrees(lat),
        GPSLongitudeRef: lng >= 0 ? 'E' : 'W',
        GPSLongitude: degrees(lng),
      },
    })
    .toBuffer()
  return new Uint8Array(jpeg)
}

/** Now in Viet Nam as EXIF writes it, rounded up: never before something that has just happened. */
function nextSecond(): string {
  const local = new Date(Date.now() + 7 * 3_600_000 + 1_000).toISOString()
  return local.slice(0, 19).replaceAll('-', ':').replace('T', ' ')
}

/** EXIF rationals: degrees, minutes, hundredths of seconds. */
function degrees(value: number): string {
  const all = Math.abs(value)
  const whole = Math.floor(all)
  const minutes = Math.floor((all - whole) * 60)
  const seconds = Math.round(((all - whole) * 60 - minutes) * 6000)
  return `${whole}/1 ${minutes}/1 ${seconds}/100`
}
