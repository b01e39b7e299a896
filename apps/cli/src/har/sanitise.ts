import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { SanitiseOptions, SanitiseReport } from '@clew/har'
import { sanitiseHar } from '@clew/har/sanitise'
import { parseSanitiseRules } from '@clew/har/sanitise-rules'
import type { Locale } from '@clew/i18n'
import { exitCode } from '../io.ts'
import { jsonDocument } from './format.ts'
import { listInputs, openInput, UnreadableError } from './inputs.ts'
import { oneOf, UsageError, type Values } from './options.ts'
import { guardOutput, type Job, planOutputs, writeWhole } from './outputs.ts'
import { reportTable } from './report-table.ts'
import { forEachFile, type Session } from './session.ts'
import { plain } from './text.ts'

/** The built script of a thread that cleans, beside this file. */
const laneWorker = fileURLToPath(new URL('lane-worker.js', import.meta.url))

/** What a smaller file needs is in memory. */
const LARGE_BYTES = 8e6

async function helpFor(bytes: number): Promise<Pick<SanitiseOptions, 'startThreads' | 'makeShelf'>> {
  if (bytes < LARGE_BYTES) return {}
  const { fileShelf, startThreads } = await import('@clew/har-threads')
  return { startThreads: () => startThreads(laneWorker, { bytes }), makeShelf: fileShelf }
}

/** Writes a clean copy of each capture. `-` as its name is standard output; a copy appears whole or not at all. */
export async function sanitise(
  session: Session,
  { values, files }: { values: Values<'sanitise'>; files: readonly string[] },
): Promise<number> {
  const { io } = session
  const options = await optionsOf(values, session.t.locale)
  const jobs = new Map((await planOutputs(await listInputs(files), values.out)).map((job) => [job.file, job]))
  const talk = [...jobs.values()].some(({ out }) => out === '-') ? io.stderr : io.stdout
  const made: object[] = []
  const code = await forEachFile(session, [...jobs.keys()], async (file) => {
    const job = jobs.get(file) ?? { file, out: '-' }
    const report = await sanitiseOne(session, job, { force: values.force ?? false, options })
    if (values.json === true) made.push({ file, out: job.out, ...report })
    else talk.write(toldOf(session, job, { report, withTable: values.report ?? false }))
    return exitCode.done
  })
  if (values.json === true) talk.write(jsonDocument('sanitize', made))
  return code
}

async function sanitiseOne(
  { io, progress }: Session,
  job: Job,
  { force, options }: { force: boolean; options: SanitiseOptions },
): Promise<SanitiseReport> {
  await guardOutput(job, force)
  const input = await openInput(io, job.file)
  try {
    const cleaning = sanitiseHar(input, {
      ...options,
      ...(await helpFor(input.size)),
      onProgress: ({ phase, bytesDone, bytesTotal }) => progress.show(phase, bytesDone, bytesTotal),
      ...(io.signal ? { signal: io.signal } : {}),
    })
    if (job.out === '-') await pipeline(Readable.from(cleaning.chunks), io.stdout, { end: false })
    else await writeWhole(job.out, cleaning.chunks, force)
    return await cleaning.report
  } finally {
    progress.clear()
    await input.close()
  }
}

function toldOf({ t }: Session, { out }: Job, told: { report: SanitiseReport; withTable: boolean }): string {
  const { report, withTable } = told
  const counts = { entries: report.entries, removed: report.removedTotal }
  const lines = [out === '-' ? t('cli.har_cleaned', counts) : t('cli.har_cleaned_to', { ...counts, file: plain(out) })]
  if (report.entriesDropped > 0) lines.push(t('cli.har_dropped', { count: report.entriesDropped }))
  if (report.warnings.some(({ code }) => code === 'file.truncated')) lines.push(t('cli.har_truncated'))
  const compressed = report.warnings.filter(({ code }) => code === 'body.compressed').length
  if (compressed > 0) lines.push(t('cli.har_compressed', { count: compressed }))
  if (withTable) lines.push(reportTable(t, report))
  return `${lines.join('\n')}\n`
}

async function optionsOf(values: Values<'sanitise'>, locale: Locale): Promise<SanitiseOptions> {
  const hosts = values['keep-bodies-of'] ?? []
  return {
    policy: oneOf('--policy', values.policy ?? 'standard', ['standard', 'strict']),
    ...(hosts.length > 0 ? { keepBodiesOf: hosts } : {}),
    ...(values.rules === undefined ? {} : { rules: await rulesOf(values.rules, locale) }),
  }
}

async function rulesOf(file: string, locale: Locale): Promise<NonNullable<SanitiseOptions['rules']>> {
  const parsed = parseSanitiseRules(await readJson(file))
  if (parsed.ok) return parsed.rules
  const reasons = parsed.problems.slice(0, 10).map(({ path, message }) => `\n  ${path}: ${message[locale]}`)
  throw new UsageError('cli.har_rules_wrong', { file, reason: reasons.join('') })
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UnreadableError(file, error instanceof Error && 'code' in error ? String(error.code) : '', error)
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError('cli.har_rules_wrong', { file, reason: error instanceof Error ? error.message : '' })
  }
}
