/** The tokens of one Official Account. Times are those of our own clock. */
export type OaTokens = {
  accessToken: string
  /** Works once; three months at most. */
  refreshToken: string
  accessExpiresAt: Date
  rotatedAt: Date
  /** SHA-256 hex of the first refresh token of this chain: another one in the configuration starts a new chain. */
  seedHash: string
}

/** Where tokens live; encrypting them at rest is the store's job. */
export type TokenStore = {
  /**
   * Runs `change` while no other process runs one for this account. What it returns is durable before the promise
   * resolves; `undefined` writes nothing, and a throw passes through. `change` awaits the network for some seconds:
   * take a lease, not a transaction.
   */
  withLock(
    oaId: string,
    change: (current: OaTokens | undefined) => Promise<OaTokens | undefined>,
  ): Promise<void>
}

/** Business accounts send by v3, those of state agencies by v2; only Zalo's answer tells which. */
export type SendPath = 'v3.0/oa/message/cs' | 'v2.0/oa/message'

/** Remembers by which path an account sends. */
export type Pin = {
  find(oaId: string): Promise<SendPath | undefined>
  save(oaId: string, path: SendPath): Promise<void>
}

/** Pictures of ours that Zalo could not fetch by their address. */
export type Media = {
  /** Bytes of a JPEG or PNG of at most `maxBytes`; undefined when the address is not ours or nothing fits. */
  read(
    url: string,
    maxBytes: number,
  ): Promise<{ bytes: Uint8Array; contentType: string } | undefined>
  /** An attachment id kept for this address, not older than six days (Zalo forgets after seven). */
  findAttachment(url: string): Promise<string | undefined>
  saveAttachment(url: string, attachmentId: string): Promise<void>
  forgetAttachment(url: string): Promise<void>
}
