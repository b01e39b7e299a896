import { PassThrough, Readable, Writable } from 'node:stream'
import type { ZipWriter } from '@zip.js/zip.js'

/** The start does not wait for what the first archive needs. */
const library = () => import('@zip.js/zip.js')

export type ZipEntry = { name: string; body: Readable }

type ZipOptions = { password?: string; comment: string; at: Date }

/**
 * A zip archive that is written as it is read, entry after entry. With a password it is encrypted as WinZip does it
 * (AES-256, the key drawn from the password by PBKDF2, each entry authenticated). What goes wrong with an entry
 * breaks the stream off, so that nobody takes half an archive for a whole one.
 */
export function zipOf(entries: () => AsyncIterable<ZipEntry>, { password, comment, at }: ZipOptions): Readable {
  const out = new PassThrough({ highWaterMark: 1 << 18 })
  const write = async (): Promise<void> => {
    const { configure, ZipWriter } = await library()
    configure({ useWebWorkers: false })
    const zip = new ZipWriter(Writable.toWeb(out) as WebOut, {
      ...(password === undefined ? {} : { password, encryptionStrength: 3 as const }),
      bufferedWrite: false,
      keepOrder: true,
      dataDescriptor: true,
      useWebWorkers: false,
      lastModDate: at,
      extendedTimestamp: false,
    })
    for await (const { name, body } of entries()) await zip.add(name, Readable.toWeb(body) as WebIn, { comment })
    await zip.close(new TextEncoder().encode(comment))
  }
  write().catch((error: Error) => out.destroy(error))
  return out
}

type WebOut = ConstructorParameters<typeof ZipWriter>[0] extends infer W ? Extract<W, WritableStream> : never
type WebIn = ReadableStream
