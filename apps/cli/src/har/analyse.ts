import type { AnalyseOptions, Analysis, ByteSource, Capture, Finding } from '@clew/har'
import { analyse } from '@clew/har/analyse'
import { readCaptureOf } from '@clew/har/capture'
import { exitCode } from '../io.ts'
import { countOr, failOnOf, formatOf, jsonDocument } from './format.ts'
import { listInputs, openInput } from './inputs.ts'
import { linesOf } from './lines.ts'
import { UsageError, type Values } from './options.ts'
import { Sarif } from './sarif.ts'
import { forEachFile, type Session } from './session.ts'
import { paintFor, plain } from './text.ts'

type Read = { capture: Capture; analysis: Analysis; entryLines: Map<number, number> }

/** Says what went wrong in captures, the most severe first. */
export async function analyseFiles(
  session: Session,
  { values, files }: { values: Values<'analyse'>; files: readonly string[] },
): Promise<number> {
  const { io } = session
  const format = formatOf(values)
  const fails = failOnOf(values['fail-on'], 'never')
  const options = optionsOf(values)
  const names = await listInputs(files)
  const read: object[] = []
  const sarif = new Sarif(session.t.locale)
  const code = await forEachFile(session, names, async (file) => {
    const found = await readOne(session, file, { options, wantsLines: format === 'sarif' })
    if (format === 'json') read.push({ file, ...found.analysis })
    else if (format === 'sarif') addTo(sarif, file, found)
    else tell(session, names.length > 1 ? file : undefined, found)
    return found.analysis.findings.some(({ severity }) => fails(severity)) ? exitCode.found : exitCode.done
  })
  if (format === 'json') io.stdout.write(jsonDocument('analyze', read))
  if (format === 'sarif') io.stdout.write(sarif.document(code))
  return code
}

type Wish = { options: AnalyseOptions; wantsLines: boolean }

async function readOne({ io }: Session, file: string, { options, wantsLines }: Wish): Promise<Read> {
  const input = await openInput(io, file)
  try {
    const capture = await readCaptureOf(input, { signal: io.signal })
    const entryLines = wantsLines ? await linesOfEntries(input, capture) : new Map()
    return { capture, analysis: analyse(capture, options), entryLines }
  } finally {
    await input.close()
  }
}

async function linesOfEntries(input: ByteSource, { entries }: Capture): Promise<Map<number, number>> {
  const starts = entries.flatMap(({ index, span }) => (span === undefined ? [] : [{ index, at: span.start }]))
  const lines = await linesOf(
    input,
    starts.map(({ at }) => at),
  )
  return new Map(starts.map(({ index, at }) => [index, lines.get(at) ?? 1]))
}

function optionsOf(values: Values<'analyse'>): AnalyseOptions {
  const reportedAt = values['reported-at']
  if (reportedAt !== undefined && Number.isNaN(Date.parse(reportedAt)))
    throw new UsageError('cli.option_no_time', { option: '--reported-at', given: reportedAt })
  const hosts = values['first-party'] ?? []
  return {
    uploadLimitBytes: countOr('--upload-limit', values['upload-limit'], 20) * 1_000_000,
    ...(hosts.length > 0 ? { firstPartyHosts: hosts } : {}),
    ...(reportedAt === undefined ? {} : { reportedAt }),
  }
}

function tell(session: Session, title: string | undefined, { capture, analysis }: Read): void {
  const { io, t } = session
  const paint = paintFor(io.stdout, io.env)
  const { entries, failing, spanMs } = analysis.summary
  const overview = t('cli.har_overview', { entries, failing, seconds: Math.round(spanMs / 100) / 10 })
  const parts = [
    ...(title === undefined ? [] : [paint('bold', plain(title))]),
    overview,
    ...(capture.isTruncated ? [t('cli.har_truncated')] : []),
    ...(analysis.findings.length === 0 ? [t('cli.har_no_findings')] : []),
    ...analysis.findings.map((finding) => findingText(session, finding)),
    ...undecidableText(session, analysis),
  ]
  io.stdout.write(`${parts.join('\n\n')}\n${title === undefined ? '' : '\n'}`)
  if (!capture.isSanitised) io.stderr.write(`\n${t('cli.har_not_clean')}\n`)
}

const COLOURS = { high: 'red', medium: 'yellow', low: 'dim' } as const

function findingText({ io, t }: Session, { severity, rule, message, nextStep, nearReportedTime }: Finding): string {
  const paint = paintFor(io.stdout, io.env)
  const near = nearReportedTime === true ? `  ${paint('bold', t('cli.har_near_time'))}` : ''
  const head = `${paint(COLOURS[severity], t(`cli.har_severity_${severity}`))}  ${rule}${near}`
  const next = nextStep === undefined ? [] : [`  ${t('cli.har_next', { step: plain(nextStep[t.locale]) })}`]
  return [head, `  ${plain(message.agent[t.locale])}`, ...next].join('\n')
}

/** What a cleaned capture can no longer tell, so that nobody takes silence for an answer. */
function undecidableText({ io, t }: Session, { undecidable }: Analysis): string[] {
  if (undecidable.length === 0) return []
  const paint = paintFor(io.stdout, io.env)
  const lines = undecidable.map(({ rule, why }) => `  ${rule}: ${plain(why[t.locale])}`)
  return [[paint('dim', t('cli.har_undecidable')), ...lines].join('\n')]
}

function addTo(sarif: Sarif, file: string, { analysis, entryLines }: Read): void {
  for (const { rule, severity, message, nextStep, entries, requestIds } of analysis.findings) {
    sarif.add({
      rule,
      severity,
      file,
      message: message.agent,
      ...(nextStep === undefined ? {} : { help: nextStep }),
      places: entries.map((index) => ({ path: `log.entries[${index}]`, line: entryLines.get(index) })),
      properties: requestIds.length > 0 ? { requestIds } : {},
    })
  }
}
