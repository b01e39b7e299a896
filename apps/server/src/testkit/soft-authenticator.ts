import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

type Asked = { challenge: string; rpId?: string; rp?: { id?: string }; user?: { id: string } }

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()

/** Flags of the authenticator's data. WebAuthn Level 3 §6.1. */
const flag = { present: 0x01, verified: 0x04, canBackUp: 0x08, isBackedUp: 0x10, attested: 0x40 }

type Behaviour = { origin: string; verifies?: boolean; counts?: boolean; isSynced?: boolean }

/** A passkey in software: makes one credential and signs with it, as an authenticator with ES256 does. */
export class SoftAuthenticator {
  readonly id = b64(randomBytes(16))
  readonly #key: KeyObject
  readonly #publicKey: Uint8Array
  readonly #behaviour: Behaviour
  #counter = 0
  #userHandle = ''

  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#key = privateKey
    this.#publicKey = new Uint8Array(
      isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
        ]) as never,
      ),
    )
  }

  /** Another device with the same credential, as one that was copied would have. */
  rewind(): void {
    this.#counter = 0
  }

  create(options: unknown) {
    const asked = options as Asked
    this.#userHandle = asked.user?.id ?? ''
    const id = Buffer.from(this.id, 'base64url')
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const authData = Buffer.concat([
      this.#data(asked.rp?.id ?? '', flag.attested),
      Buffer.alloc(16),
      length,
      id,
      this.#publicKey,
    ])
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]) as never,
    )
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: b64(this.#client('webauthn.create', asked.challenge)),
        attestationObject: b64(attestation),
        transports: ['internal'],
      },
    }
  }

  get(options: unknown) {
    const asked = options as Asked
    const authData = this.#data(asked.rpId ?? '', 0)
    const client = this.#client('webauthn.get', asked.challenge)
    const signature = createSign('sha256')
      .update(Buffer.concat([authData, sha256(client)]))
      .sign(this.#key)
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: b64(client),
        authenticatorData: b64(authData),
        signature: b64(signature),
        userHandle: this.#userHandle,
      },
    }
  }

  #credential() {
    return { id: this.id, rawId: this.id, type: 'public-key' as const, clientExtensionResults: {} }
  }

  #client(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#behaviour.origin, crossOrigin: false }))
  }

  #data(rpId: string, more: number): Buffer {
    const { verifies = true, counts = true, isSynced = false } = this.#behaviour
    this.#counter += counts ? 1 : 0
    const head = Buffer.alloc(5)
    const synced = isSynced ? flag.canBackUp | flag.isBackedUp : 0
    head.writeUInt8(flag.present | (verifies ? flag.verified : 0) | synced | more, 0)
    head.writeUInt32BE(this.#counter, 1)
    return Buffer.concat([sha256(rpId), head])
  }
}
