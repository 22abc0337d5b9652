import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** A passkey in software: ES256, attestation "none", as a phone answers (WebAuthn level 2, §6). */
export function softAuthenticator(origin: string, rpId: string) {
  const id = randomBytes(16)
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const coordinate = (value: string | undefined) => Buffer.from(value ?? '', 'base64url')
  // CBOR map {1: 2, 3: -7, -1: 1, -2: x, -3: y}: an EC2 key for ES256.
  const coseKey = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    coordinate(jwk.x),
    Buffer.from([0x22, 0x58, 0x20]),
    coordinate(jwk.y),
  ])
  let counter = 0
  const clientData = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  /** Present and verified (0x05), with attested data (0x40) when a key is made. */
  const authData = (flags: number, more: Buffer, count: number) => {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(count)
    const rpHash = createHash('sha256').update(rpId).digest()
    return Buffer.concat([rpHash, Buffer.from([flags]), counted, more])
  }
  const b64 = (bytes: Buffer) => bytes.toString('base64url')
  return {
    create: (challenge: string, from = origin) => {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey])
      const data = authData(0x45, attested, counter)
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        Buffer.from([0x63]),
        Buffer.from('fmt'),
        Buffer.from([0x64]),
        Buffer.from('none'),
        Buffer.from([0x67]),
        Buffer.from('attStmt'),
        Buffer.from([0xa0]),
        Buffer.from([0x68]),
        Buffer.from('authData'),
        Buffer.from([0x58, data.length]),
        data,
      ])
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(clientData('webauthn.create', challenge, from)),
          attestationObject: b64(attestationObject),
          transports: ['internal'],
        },
      }
    },
    get: (challenge: string, options: { from?: string; count?: number } = {}) => {
      counter = options.count ?? counter + 1
      const data = authData(0x05, Buffer.alloc(0), counter)
      const client = clientData('webauthn.get', challenge, options.from ?? origin)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(client),
          authenticatorData: b64(data),
          signature: b64(createSign('sha256').update(signed).sign(privateKey)),
        },
      }
    },
  }
}
