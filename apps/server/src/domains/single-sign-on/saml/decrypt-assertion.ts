import { constants, createDecipheriv, privateDecrypt } from 'node:crypto'
import { type Cipher, contentCiphers, oaepHash } from './algorithms.ts'
import type { EncryptionSubject } from './subjects.ts'
import { cipherAlgorithmOf, encryptedContentBytes, encryptedKeyBytes, keyTransportOf } from './xml/encryption.ts'

/**
 * The plain bytes, or undefined: whatever failed looks the same, for a difference that a sender can see
 * would let them decrypt a message of somebody else bit by bit.
 */
export function decryptAssertion({ encrypted, connection }: EncryptionSubject): Buffer | undefined {
  const cipher = contentCiphers.get(cipherAlgorithmOf(encrypted))
  const hash = oaepHash(keyTransportOf(encrypted))
  if (!cipher || !hash) return undefined
  for (const key of connection.decryptionKeys ?? []) {
    try {
      const contentKey = privateDecrypt(
        { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash },
        encryptedKeyBytes(encrypted),
      )
      if (contentKey.length === cipher.keyBytes)
        return decryptContent(cipher, contentKey, encryptedContentBytes(encrypted))
    } catch {
      // Another of our keys may fit; if none does, the caller refuses.
    }
  }
  return undefined
}

function decryptContent(cipher: Cipher, key: Buffer, bytes: Buffer): Buffer {
  return cipher.mode === 'gcm' ? decryptGcm(cipher.name, key, bytes) : decryptCbc(cipher.name, key, bytes)
}

function decryptGcm(name: string, key: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv(name as 'aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
}

/** XML Encryption 5.2: only the last byte of the padding says its length, the others may be anything. */
function decryptCbc(name: string, key: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv(name, key, bytes.subarray(0, 16))
  decipher.setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > 16) throw new RangeError('The padding is not of this cipher.')
  return padded.subarray(0, -padding)
}
