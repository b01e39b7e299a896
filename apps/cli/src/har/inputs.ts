import { type FileHandle, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { type ByteSource, bytesSource } from '@clew/har/byte-source'
import { HarError } from '@clew/har/errors'
import type { Io } from '../io.ts'
import { expandPattern, isPattern } from './glob.ts'
import { UsageError } from './options.ts'

/** An input that is read in parts, so that one larger than the memory can be handled. */
export type Input = ByteSource & { close(): Promise<void> }

/** A file that a person named and that cannot be read. */
export class UnreadableError extends Error {
  readonly reason: string
  readonly file: string

  constructor(file: string, reason: string, cause?: unknown) {
    super(reason, { cause })
    this.name = 'UnreadableError'
    this.reason = reason
    this.file = file
  }
}

const MEMORY_BYTES = 64 << 20

/** The files that are meant: a pattern that the shell did not expand is expanded here. */
export async function listInputs(names: readonly string[]): Promise<string[]> {
  if (names.length === 0) throw new UsageError('cli.har_no_file')
  if (names.filter((name) => name === '-').length > 1) throw new UsageError('cli.har_stdin_twice')
  const files: string[] = []
  for (const name of names) {
    if (name === '-' || !isPattern(name) || (await exists(name))) files.push(name)
    else files.push(...(await expanded(name)))
  }
  return [...new Set(files)]
}

async function expanded(pattern: string): Promise<string[]> {
  const found = await expandPattern(pattern)
  if (found.length === 0) throw new UsageError('cli.har_no_match', { pattern })
  return found
}

export async function openInput({ stdin, signal }: Io, name: string): Promise<Input> {
  if (name === '-') return keep(stdin, signal)
  try {
    const handle = await open(name, 'r')
    const { size, isFolder, isFile } = await kindOf(handle)
    if (isFolder) {
      await handle.close()
      throw new UnreadableError(name, 'EISDIR')
    }
    // A pipe can be read only once, and `<(…)` is one.
    if (!isFile) return await keep(handle.createReadStream(), signal)
    return { size, slice: (start, end) => read(handle, start, end), close: () => handle.close() }
  } catch (error) {
    throw isSystemError(error) ? new UnreadableError(name, error.code, error) : error
  }
}

const isSystemError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)

const exists = (name: string): Promise<boolean> =>
  stat(name).then(
    () => true,
    () => false,
  )

async function kindOf(handle: FileHandle): Promise<{ size: number; isFolder: boolean; isFile: boolean }> {
  const found = await handle.stat()
  return { size: found.size, isFolder: found.isDirectory(), isFile: found.isFile() }
}

/** Keeps a stream for reading it more than once: in memory, and from some size on in a private file. */
async function keep(stream: Readable, signal: AbortSignal | undefined): Promise<Input> {
  const stop = (): unknown => stream.destroy()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const input = await readToEnd(stream)
    // A stream that was destroyed may also just end.
    if (signal?.aborted !== true) return input
    await input.close()
    throw new HarError('har.cancelled')
  } catch (error) {
    throw signal?.aborted === true ? new HarError('har.cancelled') : error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

async function readToEnd(stream: Readable): Promise<Input> {
  const chunks: Uint8Array[] = []
  let size = 0
  let file: TemporaryFile | undefined
  try {
    for await (const chunk of stream) {
      const bytes: Uint8Array = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
      size += bytes.length
      if (file === undefined && size > MEMORY_BYTES) file = await temporaryFile(chunks.splice(0))
      if (file === undefined) chunks.push(bytes)
      else await file.append(bytes)
    }
  } catch (error) {
    await file?.close()
    throw error
  }
  if (file !== undefined) return { size, slice: file.slice, close: file.close }
  return { ...bytesSource(Buffer.concat(chunks)), close: async () => undefined }
}

type TemporaryFile = {
  append(bytes: Uint8Array): Promise<void>
  slice(start: number, end: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** What was recorded may be secret: only this user can read it, and it has no name once it is open, where that can be. */
async function temporaryFile(first: readonly Uint8Array[]): Promise<TemporaryFile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clew-'))
  const handle = await open(path.join(folder, 'stdin'), 'wx+', 0o600)
  if (process.platform !== 'win32') await rm(folder, { recursive: true })
  const append = (bytes: Uint8Array): Promise<void> => handle.writeFile(bytes)
  for (const bytes of first) await append(bytes)
  return {
    append,
    slice: (start, end) => read(handle, start, end),
    close: async () => {
      await handle.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A read may give less than was asked for, before the end as well. */
async function read(handle: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, end - start))
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
