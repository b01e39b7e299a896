import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { say } from '../say.ts'
import { SealError } from './errors.ts'
import type { FileKey, FileKeys } from './file-keys.ts'

/** Encrypts short secrets that have to be known again, such as a key that signatures are checked with. */
export type TextSeal = {
  /** `place` says where it is kept: what was sealed for one place opens in no other. */
  seal(text: string, place: string): Buffer
  open(sealed: Buffer, place: string): string
}

const idBytes = 8
const nonceBytes = 12
const tagBytes = 16

/** `masterKeyId(8) nonce(12) ciphertext tag(16)`, AES-256-GCM; the newest key seals, all of them open. */
export function textSeal(keys: FileKeys): TextSeal {
  return {
    seal: (text, place) => {
      const [master] = keys
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', keyFor(master), nonce).setAAD(Buffer.from(place))
      return Buffer.concat([master.id, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open: (sealed, place) => {
      const keyId = sealed.subarray(0, idBytes)
      const master = keys.find(({ id }) => id.equals(keyId))
      if (!master) throw new SealError(say('cli.seal_other_key_text', { id: keyId.toString('hex') }))
      const nonce = sealed.subarray(idBytes, idBytes + nonceBytes)
      const body = sealed.subarray(idBytes + nonceBytes, -tagBytes)
      const decipher = createDecipheriv('aes-256-gcm', keyFor(master), nonce).setAAD(Buffer.from(place))
      decipher.setAuthTag(sealed.subarray(-tagBytes))
      try {
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new SealError(say('cli.seal_altered_text'), { cause })
      }
    },
  }
}

const keyFor = ({ key }: FileKey): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'clew text seal', 32))
