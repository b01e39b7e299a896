import { createWriteStream } from 'node:fs'
import { realpath, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type SanitiseReport, sanitiseHar } from '@clew/har'
import { openSource } from './file-source.ts'
import { exitCode, type Io } from './io.ts'
import { progressLine } from './progress.ts'
import { reportTable } from './report-table.ts'
import type { Words } from './words.ts'

export type SanitiseFile = { file: string; out: string; report: boolean }

/** Writes a clean copy of a capture. `-` as its name is standard output; a copy appears whole or not at all. */
export async function sanitiseFile(io: Io, t: Words, { file, out, report }: SanitiseFile): Promise<number> {
  if (out !== '-' && (await isSameFile(file, out))) {
    io.stderr.write(`${t('cli.har_out_is_input')}\n`)
    return exitCode.usage
  }
  const source = await openSource(file)
  const progress = progressLine(io, t)
  try {
    const cleaning = sanitiseHar(source, { onProgress: progress.show, ...(io.signal ? { signal: io.signal } : {}) })
    if (out === '-') await pipeline(Readable.from(cleaning.chunks), io.stdout, { end: false })
    else await writeWhole(out, cleaning.chunks)
    progress.clear()
    const made = await cleaning.report
    const talk = out === '-' ? io.stderr : io.stdout
    talk.write(`${summary(t, made, out)}\n`)
    if (report) talk.write(`${reportTable(t, made)}\n`)
    return exitCode.done
  } finally {
    progress.clear()
    await source.close()
  }
}

function summary(t: Words, { entries, removedTotal }: SanitiseReport, out: string): string {
  const counts = { entries, removed: removedTotal }
  return out === '-' ? t('cli.har_cleaned', counts) : t('cli.har_cleaned_to', { ...counts, file: out })
}

async function writeWhole(out: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const unfinished = `${out}.${process.pid}.part`
  try {
    await pipeline(Readable.from(chunks), createWriteStream(unfinished, { flags: 'wx' }))
    await rename(unfinished, out)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Whether both names lead to one file, which the copy would otherwise destroy while it is read. */
async function isSameFile(file: string, out: string): Promise<boolean> {
  const [a, b] = await Promise.all([file, out].map((path) => realpath(path).catch(() => undefined)))
  return a !== undefined && a === b
}
