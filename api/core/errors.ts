/** Every error the outside can see: code → HTTP status. Its sentences are `errors:<code>` in both languages. */
export const ERROR_STATUS = {
  'http.bad_request': 400,
  'http.invalid_input': 422,
  'http.not_found': 404,
  'http.method_not_allowed': 405,
  'http.too_large': 413,
  'http.unsupported_media_type': 415,
  'http.rate_limited': 429,
  'http.csrf': 403,
  'http.unauthenticated': 401,
  'http.forbidden': 403,
  'http.conflict': 409,
  'http.idempotency_mismatch': 422,
  'http.unavailable': 503,
  'http.internal': 500,
  'areas.not_found': 404,
  'areas.invalid_import': 422,
  'identity.wrong_login': 401,
  'identity.too_many_attempts': 429,
  'identity.session_expired': 401,
  'identity.wrong_code': 401,
  'identity.step_over': 401,
  'identity.passkeys_off': 422,
  'identity.second_factor_needed': 409,
  'identity.not_yourself': 409,
  'identity.login_taken': 409,
  'identity.weak_password': 422,
  'identity.sign_in_off': 404,
  'identity.proof_invalid': 401,
  'identity.proof_expired': 401,
  'identity.not_invited': 401,
  'identity.code_invalid': 401,
  'identity.host_away': 503,
  'identity.host_abroad': 503,
  'identity.consent_missing': 403,
  'identity.consent_stale': 409,
  'files.not_found': 404,
  'files.too_large': 413,
  'files.not_an_image': 415,
  'files.heic': 415,
  'files.storage_off': 503,
  'files.too_many': 422,
  'files.cannot_redact': 503,
  'incidents.not_found': 404,
  'incidents.bad_transition': 409,
  'incidents.stale': 409,
  'incidents.place_missing': 422,
  'incidents.place_unclear': 422,
  'incidents.outside_province': 422,
  'incidents.proof_missing': 422,
  'incidents.proof_old': 422,
  'incidents.answer_unfilled': 422,
  'incidents.agency_unknown': 422,
  'incidents.external_taken': 409,
  'incidents.reason_missing': 422,
  'guides.not_found': 404,
  'guides.nothing_to_publish': 409,
  'dossiers.not_found': 404,
  'dossiers.delegation_unknown': 404,
  'guides.nothing_to_report': 422,
  'guides.not_listable': 422,
  'guides.too_many_requests': 409,
  'guides.request_unknown': 404,
  'guides.request_taken': 409,
  'guides.request_over': 409,
  'dossiers.code_invalid': 422,
  'dossiers.too_many_tries': 429,
  'dossiers.too_many_follows': 409,
  'dossiers.procedure_unknown': 404,
  'dossiers.source_unknown': 404,
  'dossiers.import_refused': 422,
  'dossiers.apology_twice': 409,
  'dossiers.desk_unknown': 404,
  'dossiers.slot_unknown': 422,
  'dossiers.slot_full': 409,
  'dossiers.appointment_twice': 409,
  'dossiers.too_many_appointments': 409,
  'dossiers.appointment_unknown': 404,
  'dossiers.appointment_moved': 409,
  'open311.key_invalid': 403,
  'open311.service_not_found': 404,
  'floods.not_found': 404,
  'alerts.not_found': 404,
  'alerts.bad_step': 409,
  'alerts.superseded': 409,
  'alerts.own': 403,
  'alerts.over': 409,
  'alerts.incomplete': 422,
  'alerts.area_empty': 422,
  'notices.not_found': 404,
  'notices.bad_step': 409,
  'notices.own': 403,
  'notices.over': 409,
  'notices.incomplete': 422,
  'notices.reason_missing': 422,
  'sos.not_found': 404,
  'sos.taken': 409,
  'sos.bad_transition': 409,
  'delivery.too_many_topics': 409,
  'readings.not_found': 404,
  'readings.invalid_import': 422,
  'readings.query_invalid': 400,
  'readings.query_unsupported': 501,
  'chat.conversation_invalid': 422,
  'chat.quarantined': 409,
  'chat.form_unknown': 404,
  'chat.form_expired': 410,
  'chat.form_closed': 409,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof ERROR_STATUS

/** One problem of one field; `code` selects the sentence `errors:issue.<code>`. */
export type Issue = { path: string; code: string; params?: Record<string, string | number> }

type Options = {
  params?: Record<string, string | number>
  issues?: readonly Issue[]
  retryAfterSeconds?: number
  /** Extra machine-readable members of the problem body, for example what changed on a 409. */
  detail?: unknown
  cause?: unknown
}

/** The only error that use-cases throw on purpose; anything else is `http.internal`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly params: Record<string, string | number>
  readonly issues: readonly Issue[]
  readonly retryAfterSeconds: number | undefined
  readonly detail: unknown

  constructor(code: ErrorCode, options: Options = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.params = options.params ?? {}
    this.issues = options.issues ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
    this.detail = options.detail
  }
}
