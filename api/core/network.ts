/** Error codes of Node's resolver, sockets and TLS that come before the first byte of a request. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/

/** True when a failed fetch surely never reached the other side; false means: perhaps it did. */
export function failedBeforeSending(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof Error)) return false
  const code = 'code' in cause ? cause.code : undefined
  if ('syscall' in cause && cause.syscall === 'connect') return true
  return typeof code === 'string' && BEFORE_SENDING.test(code)
}
