import type { CaptureDiff, DiffEntry, EntryChange, PlaceChange } from '@clew/har'
import { diffCaptures, isSameCapture } from '@clew/har/diff'
import { HarError } from '@clew/har/errors'
import { exitCode } from '../io.ts'
import { type Input, openInput } from './inputs.ts'
import { UsageError, type Values } from './options.ts'
import { refusalOf } from './refusals.ts'
import { forEachFile, type Session } from './session.ts'
import { fit, type Paint, paintFor, pairs, plain } from './text.ts'

const SHOWN = 20

/** Says what differs between two captures: what cleaning replaced, or what changed between two recordings. */
export async function diff(
  session: Session,
  { values, files }: { values: Values<'diff'>; files: readonly string[] },
): Promise<number> {
  const { io } = session
  const [before, after, ...more] = files
  if (before === undefined || after === undefined || more.length > 0) throw new UsageError('cli.har_diff_two')
  if (before === '-' && after === '-') throw new UsageError('cli.har_stdin_twice')
  const result = await compare(session, before, after)
  if (typeof result === 'number') return result
  if (values.json === true)
    io.stdout.write(`${JSON.stringify({ command: 'diff', before, after, ...result }, null, 2)}\n`)
  else io.stdout.write(`${told(session, result)}\n`)
  return values['exit-code'] === true && !isSameCapture(result) ? exitCode.found : exitCode.done
}

/** The difference, or the exit code when one of the two cannot be read. */
async function compare(session: Session, before: string, after: string): Promise<CaptureDiff | number> {
  const { io } = session
  const opened: Input[] = []
  try {
    const code = await forEachFile(session, [before, after], async (file) => {
      opened.push(await openInput(io, file))
      return exitCode.done
    })
    const [first, second] = opened
    if (first === undefined || second === undefined) return code
    const options = io.signal ? { signal: io.signal } : {}
    return await diffCaptures(first, second, options)
  } catch (error) {
    return refuse(session, error, error instanceof HarError && error.params['capture'] === 'after' ? after : before)
  } finally {
    for (const input of opened) await input.close()
  }
}

function refuse({ io, t }: Session, error: unknown, file: string): number {
  const refusal = refusalOf(t, error, file)
  if (refusal === undefined) throw error
  io.stderr.write(`${refusal.text}\n`)
  return refusal.code
}

function told(session: Session, diff: CaptureDiff): string {
  const { io, t } = session
  const paint = paintFor(io.stdout, io.env)
  if (isSameCapture(diff)) return t('cli.har_diff_same')
  const lines = [t(`cli.har_diff_${diff.relation}`), t('cli.har_diff_counts', diff.entries)]
  if (diff.replaced.length > 0)
    lines.push(
      '',
      t('cli.har_diff_replaced'),
      ...pairs(diff.replaced.map(({ kind, count }) => [plain(kind), t.format.number(count)])),
    )
  if (diff.places.length > 0) lines.push('', t('cli.har_diff_places'), ...placeLines(session, diff))
  const changed = diff.changed.slice(0, SHOWN).flatMap((change) => changeLines(session, paint, change))
  if (changed.length > 0) lines.push('', t('cli.har_diff_requests_changed'), ...changed)
  lines.push(...entryLines(session, t('cli.har_diff_only_before'), diff.onlyBefore))
  lines.push(...entryLines(session, t('cli.har_diff_only_after'), diff.onlyAfter))
  return lines.join('\n')
}

function placeLines({ t }: Session, { places }: CaptureDiff): string[] {
  const lines = places
    .slice(0, SHOWN)
    .map(
      ({ path, change, kind, count }) =>
        [`${plain(path)}  ${kind ?? changeWord(t, change)}`, t.format.number(count)] as const,
    )
  return [...pairs(lines), ...more(t, places.length)]
}

const changeWord = (t: Session['t'], change: PlaceChange): string =>
  change === 'replaced' ? t('cli.har_diff_replaced_place') : t(`cli.har_diff_${change}`)

function changeLines({ t }: Session, paint: Paint, { after, status, duration, headers }: EntryChange): string[] {
  const parts: string[] = []
  if (status !== undefined)
    parts.push(paint(status.after >= 400 || status.after === 0 ? 'red' : 'green', `${status.before} → ${status.after}`))
  if (duration !== undefined) {
    const ms = (value: number): string => `${t.format.number(Math.round(value))} ms`
    parts.push(
      paint(duration.after > duration.before ? 'yellow' : 'green', `${ms(duration.before)} → ${ms(duration.after)}`),
    )
  }
  const signs = { added: '+', removed: '-', changed: '~' }
  return [
    `  ${after.method} ${shortened(after.url)}  ${parts.join('  ')}`.trimEnd(),
    ...headers
      .slice(0, SHOWN)
      .map(({ side, name, change }) => `    ${signs[change]} ${t(`cli.har_diff_${side}`)} ${plain(name)}`),
  ]
}

function entryLines({ t }: Session, title: string, entries: readonly DiffEntry[]): string[] {
  if (entries.length === 0) return []
  const lines = entries.slice(0, SHOWN).map(({ method, url, status }) => `  ${status}  ${method} ${shortened(url)}`)
  return ['', title, ...lines, ...more(t, entries.length)]
}

const more = (t: Session['t'], count: number): string[] =>
  count > SHOWN ? [`  ${t('cli.har_more', { count: count - SHOWN })}`] : []

const shortened = (url: string): string => fit(plain(url), 90).trimEnd()
