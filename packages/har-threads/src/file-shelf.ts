import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Shelf } from '@clew/har/shelf'
import { createFileKey } from '@clew/redact'

const CIPHER = 'aes-128-ctr'

/**
 * A shelf in a file of the temporary folder. The file has no name any more when the first byte is written, so that it goes with
 * the process however that ends, and what is in it is encrypted with a key that is in memory only.
 */
export function fileShelf(): Shelf {
  const key = createFileKey()
  let file: number | undefined
  let end = 0
  /** What is read lies here until it is decrypted: buffers that are thrown away stay long. */
  const desk: Desk = { bytes: new Uint8Array(0) }
  return {
    put: async (bytes) => {
      // Only what is large needs it, and a start is too short for it.
      const { createCipheriv, createDecipheriv } = await import('node:crypto')
      file ??= namelessFile()
      const nonce = createFileKey()
      const place = { file, at: end, length: bytes.length }
      writeAll(file, createCipheriv(CIPHER, key, nonce).update(bytes), end)
      end += bytes.length
      return async () => createDecipheriv(CIPHER, key, nonce).update(readAll(place, desk))
    },
    close: () => {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

function namelessFile(): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'clew-har-'))
  try {
    return openSync(path.join(folder, 'entries'), 'wx+', 0o600)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One write may take only a part. */
function writeAll(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done)
}

interface Desk {
  bytes: Uint8Array
}

function readAll({ file, at, length }: { file: number; at: number; length: number }, desk: Desk): Uint8Array {
  if (desk.bytes.length < length) desk.bytes = new Uint8Array(length)
  for (let done = 0; done < length; ) {
    const read = readSync(file, desk.bytes, done, length - done, at + done)
    if (read === 0) throw new Error('the shelf is shorter than what was put on it')
    done += read
  }
  return desk.bytes.subarray(0, length)
}
