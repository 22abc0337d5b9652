import type { Generated } from 'kysely'
import type { Message } from '../chat/message.ts'
import type { Json, Nullable, NullableJson, NullableTimestamp, Timestamp } from './columns.ts'
import type { AlertTables } from './schema-alerts.ts'
import type { CapTables } from './schema-cap.ts'
import type { ChannelTables } from './schema-channels.ts'
import type { ConsoleTables } from './schema-console.ts'
import type { ConversationTables } from './schema-conversations.ts'
import type { DeliveryTables } from './schema-delivery.ts'
import type { DossierTables } from './schema-dossiers.ts'
import type { FloodTables } from './schema-floods.ts'
import type { GuideTables } from './schema-guides.ts'
import type { IncidentTables } from './schema-incidents.ts'
import type { NoticeTables } from './schema-notices.ts'
import type { OfficialTables } from './schema-officials.ts'
import type { OpenTables } from './schema-open.ts'
import type { ReadingTables } from './schema-readings.ts'
import type { SosTables } from './schema-sos.ts'

export type RedactedRendition = {
  key: string
  thumbKey: string | null
  sha256: string
  contentType: string
  /** Covered parts, as shares of width and height. */
  boxes: { x: number; y: number; width: number; height: number }[]
  /** ISO time of the last change. */
  at: string
}

/**
 * Table types, the only place. Columns are snake_case in SQL and camelCase here (CamelCasePlugin). Both drivers give
 * the same values (dialects.ts): timestamptz → ISO string with milliseconds, date → `YYYY-MM-DD`, bigint → number.
 */
export type Database = AlertTables &
  CapTables &
  ChannelTables &
  ConsoleTables &
  ConversationTables &
  DeliveryTables &
  DossierTables &
  FloodTables &
  GuideTables &
  IncidentTables &
  NoticeTables &
  OpenTables &
  OfficialTables &
  ReadingTables &
  SosTables & {
    areaHamlet: {
      id: string
      unitCode: string
      code: Nullable<string>
      name: string
      folded: string
      kind: 'thon' | 'to_dan_pho'
      lng: Nullable<number>
      lat: Nullable<number>
      validFrom: string
      validTo: Nullable<string>
      source: string
    }
    areaBoundary: {
      id: string
      level: 'unit' | 'hamlet'
      code: string
      west: number
      south: number
      east: number
      north: number
      /** GeoJSON MultiPolygon coordinates `[lng, lat]`. */
      polygons: Json<number[][][][]>
      source: string
      importedAt: Timestamp
    }
    areaAgency: {
      id: string
      code: string
      unitCode: Nullable<string>
      nameVi: string
      nameEn: string
      kind:
        | 'commune_office'
        | 'police'
        | 'health'
        | 'utility'
        | 'civil_defence'
        | 'department'
        | 'other'
      /** Successor after a merger; a case keeps the agency as of then. */
      successorCode: Nullable<string>
      validFrom: string
      validTo: Nullable<string>
    }
    areaOffice: {
      id: string
      agencyCode: string
      unitCode: string
      nameVi: string
      nameEn: string
      addressVi: string
      lng: Nullable<number>
      lat: Nullable<number>
      /** Opening hours by weekday 0..6 (0 = Sunday): `[["07:30","11:30"],["13:30","17:00"]]`. */
      hours: Json<Record<string, [string, string][]>>
      source: string
    }
    areaHotline: {
      id: string
      code: string
      unitCode: Nullable<string>
      phone: string
      nameVi: string
      nameEn: string
      position: number
      confirmed: boolean
      source: string
    }
    calendarDay: {
      date: string
      kind: 'holiday' | 'compensation' | 'swap_off' | 'swap_work'
      nameVi: string
      nameEn: string
      source: string
      confirmed: boolean
    }

    resident: {
      id: string
      language: 'vi' | 'en'
      displayName: Nullable<string>
      createdAt: Timestamp
      erasedAt: NullableTimestamp
      /** The same person under another id: set when two chats were joined, always one step to the one that lives. */
      joinedInto: Nullable<string>
    }
    channelLink: {
      id: string
      residentId: string
      channel: string
      chatKey: string
      state: 'active' | 'gone'
      createdAt: Timestamp
      updatedAt: Timestamp
    }
    consentText: {
      purpose: string
      version: number
      bodyVi: string
      bodyEn: string
      publishedAt: Timestamp
    }
    consent: {
      id: string
      residentId: string
      purpose: string
      version: number
      channel: string
      givenAt: Timestamp
      withdrawnAt: NullableTimestamp
    }
    official: {
      id: string
      login: string
      displayName: string
      passwordHash: string
      roles: string[]
      capabilities: string[]
      unitCode: Nullable<string>
      agencyCode: Nullable<string>
      language: 'vi' | 'en'
      disabledAt: NullableTimestamp
      createdAt: Timestamp
      version: Generated<number>
    }
    session: {
      /** Row id: what lists and revocation name. */
      id: string
      /** SHA-256 of the bearer secret, hex; the secret itself is never stored. */
      secretHash: string
      subjectKind: 'official' | 'resident'
      subjectId: string
      carrier: 'cookie' | 'bearer'
      createdAt: Timestamp
      lastSeenAt: Timestamp
      expiresAt: Timestamp
      label: string
    }
    rateLimit: {
      key: string
      windowAt: Timestamp
      hits: number
    }
    idempotency: {
      scope: string
      key: string
      bodyHash: string
      response: Json<Record<string, unknown>>
      createdAt: Timestamp
    }

    conversation: {
      id: string
      channel: string
      chatKey: string
      residentId: Nullable<string>
      language: 'vi' | 'en'
      /** `FlowState` of chat/flow.ts, null between flows; personal data, cleared at the end of a flow. */
      state: NullableJson<object>
      turn: number
      /** An official is writing by hand: the bot says nothing until then. */
      pausedUntil: NullableTimestamp
      updatedAt: Timestamp
      createdAt: Timestamp
    }
    inboundEvent: {
      channel: string
      eventId: string
      bodyHash: string
      /** Kept 30 days, then null; the key and the hash stay for ever. */
      body: NullableJson<object>
      conversationId: Nullable<string>
      state: 'processed' | 'failed' | 'quarantined'
      crashes: number
      /** What was answered, so that the same client id gets the same answer; cleared with the body. */
      answer: NullableJson<Message[]>
      receivedAt: Timestamp
    }
    outbox: {
      id: string
      channel: string
      chatKey: string
      lane: 'reply' | 'alert' | 'notice'
      dedupeKey: string
      message: Json<Message>
      language: 'vi' | 'en'
      state: 'queued' | 'sent' | 'gone' | 'rejected' | 'expired'
      callsDone: Generated<number>
      attempts: Generated<number>
      runAt: Timestamp
      expiresAt: NullableTimestamp
      leaseUntil: NullableTimestamp
      /** Raised at each claim; a settle with an older fence is ignored. */
      fence: Generated<number>
      maybeDoubled: Generated<boolean>
      errorCode: Nullable<string>
      createdAt: Timestamp
      settledAt: NullableTimestamp
    }
    domainEvent: {
      seq: Generated<number>
      /** Transaction id, so that readers stop before transactions still open (no event is skipped). */
      xid: Generated<string>
      id: string
      kind: string
      subjectId: string
      data: Json<Record<string, unknown>>
      at: Timestamp
    }
    eventCursor: { consumer: string; seq: number; xid: string }
    audit: {
      seq: Generated<number>
      xid: Generated<string>
      id: string
      at: Timestamp
      actorKind: string
      actorId: Nullable<string>
      action: string
      subjectKind: string
      subjectId: string
      /** Names of the fields that changed, never their values. */
      fields: string[]
      /** Codes and ids only. */
      data: Json<Record<string, string | number | boolean | null>>
      requestId: string
    }
    auditSeal: {
      n: Generated<number>
      fromSeq: number
      toSeq: number
      rows: number
      previousHash: string
      hash: string
      sealedAt: Timestamp
    }

    media: {
      id: string
      ownerKind: 'conversation' | 'resident' | 'official' | 'anonymous'
      /** Conversation, resident or official id; hash of the one-time upload secret for `anonymous`. */
      ownerId: string
      state: 'ready' | 'gone'
      contentType: string
      bytes: number
      widthPx: number
      heightPx: number
      sha256: string
      storageKey: string
      thumbKey: Nullable<string>
      takenAt: NullableTimestamp
      takenLng: Nullable<number>
      takenLat: Nullable<number>
      /** Set when an official publishes it with an answer or an accepted case. */
      publishedAt: NullableTimestamp
      attachedTo: Nullable<string>
      /** What everybody but officials of the case sees instead, once an official has covered parts of it. */
      redacted: NullableJson<RedactedRendition>
      createdAt: Timestamp
    }
    /** Objects of the storage that no row names any more; the next purge removes them. */
    mediaLeftover: { storageKey: string }
  }
