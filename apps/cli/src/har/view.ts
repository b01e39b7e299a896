import type { Capture, CaptureEntry } from '@clew/har'
import { analyse } from '@clew/har/analyse'
import { readCaptureOf } from '@clew/har/capture'
import { exitCode, type Io } from '../io.ts'
import { waterfallBar } from './bar.ts'
import { entryType, type Filters, filterOf } from './filters.ts'
import { countOr, jsonDocument, type Severity } from './format.ts'
import { listInputs, openInput } from './inputs.ts'
import type { Values } from './options.ts'
import { forEachFile, type Session } from './session.ts'
import { fit, type Paint, paintFor, plain, right } from './text.ts'
import { bytesText, durationText } from './units.ts'

/** The entries of captures as a table with their waterfall. */
export async function view(
  session: Session,
  { values, files }: { values: Values<'view'>; files: readonly string[] },
): Promise<number> {
  const { io } = session
  const isShown = filterOf(values satisfies Filters)
  const limit = countOr('--limit', values.limit, Number.POSITIVE_INFINITY)
  const width = countOr('--width', values.width, widthOfTerminal(io))
  const names = await listInputs(files)
  const read: object[] = []
  const code = await forEachFile(session, names, async (file) => {
    const capture = await readOne(session, file)
    const entries = capture.entries.filter(isShown).slice(0, limit)
    if (values.json === true) read.push({ file, entries: entries.map(rowOf) })
    else {
      if (names.length > 1) io.stdout.write(`${plain(file)}\n`)
      io.stdout.write(`${table(session, { capture, entries }, width)}\n`)
    }
    return exitCode.done
  })
  if (values.json === true) io.stdout.write(jsonDocument('view', read))
  return code
}

async function readOne({ io }: Session, file: string): Promise<Capture> {
  const input = await openInput(io, file)
  try {
    return await readCaptureOf(input, { signal: io.signal })
  } finally {
    await input.close()
  }
}

/** Where there is no terminal, a line is as long as it needs within reason. */
function widthOfTerminal({ stdout, env }: Io): number {
  const columns = stdout.columns ?? Number(env['COLUMNS'])
  return Math.min(400, Math.max(40, Number.isInteger(columns) && columns > 0 ? columns : 140))
}

function rowOf(entry: CaptureEntry): object {
  const { index, startedDateTime, method, url, status, networkError, responseBytes, durationMs, timings } = entry
  return {
    index,
    startedDateTime,
    method,
    url,
    status,
    ...(networkError === '' ? {} : { error: networkError }),
    type: entryType(entry),
    bytes: responseBytes ?? null,
    durationMs: durationMs ?? null,
    timings,
  }
}

type Columns = { index: number; url: number; bar: number; hasSize: boolean }

const METHOD = 7
const TYPE = 6
const SIZE = 8
const TIME = 8

/** What must be there comes first; a narrow terminal goes without the bar, then without type and size. */
function columnsFor(width: number, entries: readonly CaptureEntry[]): Columns {
  const index = Math.max(2, String((entries.at(-1)?.index ?? 0) + 1).length)
  const hasSize = width >= 80
  const rest = width - (index + 3 + 4 + 1 + METHOD + 1 + 1 + TIME + (hasSize ? TYPE + 1 + SIZE + 1 : 0))
  const bar = width < 64 ? 0 : Math.max(12, Math.floor(rest * 0.45))
  return { index, hasSize, bar, url: Math.max(8, rest - bar - (bar > 0 ? 2 : 0)) }
}

function table(
  { io, t }: Session,
  shown: { capture: Capture; entries: readonly CaptureEntry[] },
  width: number,
): string {
  const { capture, entries } = shown
  const paint = paintFor(io.stdout, io.env)
  const columns = columnsFor(width, entries)
  const span = spanOf(entries)
  const marks = marksOf(capture)
  const rows = entries.map((entry) => rowText({ t, paint, columns, span, marks }, entry))
  const { findings } = analyse(capture)
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length
  const counts = { high: count('high'), medium: count('medium'), low: count('low') }
  return [
    paint('dim', head(t, columns)),
    ...rows,
    '',
    t('cli.har_view_total', {
      shown: entries.length,
      entries: capture.entries.length,
      size: bytesText(
        t,
        entries.reduce((sum, entry) => sum + (entry.responseBytes ?? 0), 0),
      ),
      time: durationText(t, span.end - span.start),
    }),
    ...(columns.bar > 0 ? [paint('dim', t('cli.har_view_legend'))] : []),
    ...(findings.length > 0 ? [t('cli.har_view_findings', counts)] : []),
  ].join('\n')
}

function head(t: Session['t'], columns: Columns): string {
  return line(columns, {
    index: right('#', columns.index),
    mark: ' ',
    status: fit(t('cli.har_column_status'), 4),
    method: fit(t('cli.har_column_method'), METHOD),
    url: fit(t('cli.har_column_url'), columns.url),
    type: fit(t('cli.har_column_type'), TYPE),
    size: right(t('cli.har_column_size'), SIZE),
    time: right(t('cli.har_column_time'), TIME),
    bar: '',
  })
}

type Look = { t: Session['t']; paint: Paint; columns: Columns; span: Span; marks: ReadonlyMap<number, Severity> }

function rowText({ t, paint, columns, span, marks }: Look, entry: CaptureEntry): string {
  const mark = marks.get(entry.index)
  const isBad = entry.status >= 400 || (entry.status === 0 && entry.networkError !== '')
  const status = fit(entry.status === 0 ? '—' : String(entry.status), 4)
  const { host, path, url } = entry
  const shownUrl = fit(plain(host === '' ? url.slice(0, 2_000) : `${host}${path}`), columns.url)
  return line(columns, {
    index: right(String(entry.index), columns.index),
    mark: mark === undefined ? ' ' : paint(mark === 'high' ? 'red' : 'yellow', '!'),
    status: isBad ? paint('red', status) : status,
    method: fit(plain(entry.method), METHOD),
    url: isBad ? paint('red', shownUrl) : shownUrl,
    type: fit(entryType(entry), TYPE),
    size: right(entry.responseBytes === undefined ? '—' : bytesText(t, entry.responseBytes), SIZE),
    time: right(entry.durationMs === undefined ? '—' : durationText(t, entry.durationMs), TIME),
    bar: columns.bar === 0 ? '' : waterfallBar(entry, { ...span, columns: columns.bar }, paint),
  })
}

type Cells = Record<'index' | 'mark' | 'status' | 'method' | 'url' | 'type' | 'size' | 'time' | 'bar', string>

function line({ hasSize }: Columns, cells: Cells): string {
  const { index, mark, status, method, url, type, size, time, bar } = cells
  const middle = hasSize ? [type, size] : []
  return `${index} ${mark} ${[status, method, url, ...middle, time, ...(bar === '' ? [] : [` ${bar}`])].join(' ')}`.trimEnd()
}

type Span = { start: number; end: number }

function spanOf(entries: readonly CaptureEntry[]): Span {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const { startedAt, durationMs = 0 } of entries) {
    if (startedAt === undefined) continue
    start = Math.min(start, startedAt)
    end = Math.max(end, startedAt + durationMs)
  }
  return start <= end ? { start, end } : { start: 0, end: 0 }
}

/** The gravest finding that names each entry. */
function marksOf(capture: Capture): ReadonlyMap<number, Severity> {
  const marks = new Map<number, Severity>()
  for (const { severity, entries } of analyse(capture).findings) {
    if (severity === 'low') continue
    for (const index of entries) if (marks.get(index) !== 'high') marks.set(index, severity)
  }
  return marks
}
