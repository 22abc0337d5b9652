/** Where Zalo keeps what people send. An entry is a host with all below it, or a whole origin (`http://127.0.0.1:81`). */
export const MEDIA_HOSTS: readonly string[] = ['zdn.vn', 'zadn.vn']

/** True for an address on one of `hosts`: nothing else is ever fetched because a stranger named it. */
export function isMediaUrl(value: unknown, hosts: readonly string[]): value is string {
  if (typeof value !== 'string' || value.length > 2_000 || !URL.canParse(value)) return false
  const url = new URL(value)
  if (url.username !== '' || url.password !== '') return false
  return hosts.some((host) =>
    host.includes('://')
      ? url.origin === host
      : url.protocol === 'https:' &&
        url.port === '' &&
        (url.hostname === host || url.hostname.endsWith(`.${host}`)),
  )
}
