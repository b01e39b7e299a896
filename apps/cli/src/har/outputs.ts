import { createWriteStream, existsSync, rmSync } from 'node:fs'
import { link, mkdir, realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UsageError } from './options.ts'

/** An output that cannot be written, as a key of the catalogue. */
export class UnwritableError extends Error {
  readonly params: Readonly<Record<string, string | number>>

  constructor(key: string, params: Readonly<Record<string, string | number>>, cause?: unknown) {
    super(key, { cause })
    this.name = 'UnwritableError'
    this.params = params
  }
}

export interface Job {
  file: string
  /** `-` for standard output. */
  out: string
}

/** Where each clean copy goes: beside the capture, to the name given, or into the folder given. */
export async function planOutputs(files: readonly string[], out: string | undefined): Promise<Job[]> {
  if (out === '-') {
    if (files.length > 1) throw new UsageError('cli.har_many_to_stdout')
    return files.map((file) => ({ file, out }))
  }
  if (out === undefined) return files.map((file) => ({ file, out: file === '-' ? '-' : besides(file) }))
  const isFolder = await stat(out).then(
    (found) => found.isDirectory(),
    () => undefined,
  )
  if (files.length > 1 && isFolder === false) throw new UsageError('cli.har_out_not_folder', { file: out })
  if (isFolder !== true && files.length === 1 && !/[/\\]$/.test(out)) return files.map((file) => ({ file, out }))
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw unwritable(out, error)
  })
  const taken = new Set<string>()
  return files.map((file) => ({
    file,
    out: path.join(out, freeName(file === '-' ? 'stdin' : path.basename(file), taken)),
  }))
}

/** Refuses what would destroy something: the capture itself, or a file that is there already. */
export async function guardOutput({ file, out }: Job, force: boolean): Promise<void> {
  if (out === '-') return
  if (file !== '-' && (await isSameFile(file, out))) throw new UsageError('cli.har_out_is_input')
  if (!force && existsSync(out)) throw new UnwritableError('cli.har_out_exists', { file: out })
}

const unfinishedFiles = new Set<string>()

/** For an end without mercy, such as a second Ctrl+C. */
export function removeUnfinished(): void {
  for (const file of unfinishedFiles) rmSync(file, { force: true })
}

/** Writes a file that appears whole or not at all. */
export async function writeWhole(out: string, chunks: AsyncIterable<Uint8Array>, force: boolean): Promise<void> {
  const unfinished = path.join(path.dirname(out), `.${path.basename(out)}.${process.pid}.part`)
  unfinishedFiles.add(unfinished)
  try {
    const stream = createWriteStream(unfinished, { flags: 'wx' })
    await pipeline(Readable.from(chunks), stream)
    await putInPlace(unfinished, out, force)
  } catch (error) {
    throw unwritable(out, error)
  } finally {
    await rm(unfinished, { force: true })
    unfinishedFiles.delete(unfinished)
  }
}

/** A link fails where a file has appeared meanwhile; a rename would replace it. */
async function putInPlace(unfinished: string, out: string, force: boolean): Promise<void> {
  if (force) return rename(unfinished, out)
  try {
    await link(unfinished, out)
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || existsSync(out))
      throw new UnwritableError('cli.har_out_exists', { file: out }, error)
    // Some file systems know no links.
    await rename(unfinished, out)
  }
}

function unwritable(file: string, error: unknown): unknown {
  const reason = codeOf(error)
  if (reason === 'ENOSPC') return new UnwritableError('cli.disk_full', {}, error)
  const isOurs = error instanceof UnwritableError || !/^E[A-Z]+$/.test(reason)
  return isOurs ? error : new UnwritableError('cli.har_unwritable', { file, reason }, error)
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

const besides = (file: string): string => `${file.replace(/\.har$/i, '')}.clean.har`

function freeName(name: string, taken: Set<string>): string {
  const base = name.replace(/\.har$/i, '')
  let free = `${base}.clean.har`
  for (let i = 2; taken.has(free.toLowerCase()); i += 1) free = `${base}-${i}.clean.har`
  taken.add(free.toLowerCase())
  return free
}

/** Whether both names lead to one file, which the copy would otherwise destroy while it is read. */
async function isSameFile(file: string, out: string): Promise<boolean> {
  const [a, b] = await Promise.all([file, out].map((name) => realpath(name).catch(() => undefined)))
  return a !== undefined && a === b
}
