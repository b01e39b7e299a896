import { createDecipheriv, hkdfSync } from 'node:crypto'

const magic = Buffer.from('clewseal\u0001', 'latin1')
const chunkBytes = 65_536 + 16

/**
 * What a sealed file holds, read by its format alone and not by the server's own code: header with the wrapped key,
 * then chunks of AES-256-GCM. A file that is not sealed comes back as it is.
 */
export function unsealed(stored: Buffer, { key, masterSecret }: { key: string; masterSecret: string }): Buffer {
  if (!stored.subarray(0, magic.length).equals(magic)) return stored
  const master = Buffer.from(hkdfSync('sha256', Buffer.from(masterSecret, 'base64url'), '', 'clew file key wrap', 32))
  const [nonceAt, keyAt, tagAt, bodyAt] = [17, 29, 61, 77]
  const unwrap = createDecipheriv('aes-256-gcm', master, stored.subarray(nonceAt, keyAt))
  unwrap.setAAD(Buffer.concat([magic, Buffer.from(key)])).setAuthTag(stored.subarray(tagAt, bodyAt))
  const fileKey = Buffer.concat([unwrap.update(stored.subarray(keyAt, tagAt)), unwrap.final()])

  const plain: Buffer[] = []
  for (let at = bodyAt, index = 0; at < stored.length; at += chunkBytes, index += 1) {
    const chunk = stored.subarray(at, at + chunkBytes)
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(index, 5, 6)
    nonce[11] = at + chunkBytes >= stored.length ? 1 : 0
    const open = createDecipheriv('aes-256-gcm', fileKey, nonce).setAuthTag(chunk.subarray(-16))
    plain.push(open.update(chunk.subarray(0, -16)), open.final())
  }
  return Buffer.concat(plain)
}
