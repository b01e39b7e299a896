import type { HarProblem, HarValidation, ProblemSeverity } from '@clew/har'
import { validateHar } from '@clew/har/validate'
import { exitCode } from '../io.ts'
import { countOr, failOnOf, formatOf, jsonDocument, type Severity } from './format.ts'
import { listInputs, openInput } from './inputs.ts'
import type { Values } from './options.ts'
import { Sarif } from './sarif.ts'
import { forEachFile, type Session } from './session.ts'
import { paintFor, plain } from './text.ts'

const SEVERITY: Readonly<Record<ProblemSeverity, Severity>> = { error: 'high', warning: 'medium', note: 'low' }
const COLOURS = { error: 'red', warning: 'yellow', note: 'dim' } as const

/** Compares captures with HAR 1.2. */
export async function validateFiles(
  session: Session,
  { values, files }: { values: Values<'validate'>; files: readonly string[] },
): Promise<number> {
  const { io } = session
  const format = formatOf(values)
  const fails = failOnOf(values['fail-on'], 'high')
  const max = countOr('--max', values.max, format === 'text' ? 30 : 500)
  const checked: object[] = []
  const sarif = new Sarif(session.t.locale)
  const code = await forEachFile(session, await listInputs(files), async (file) => {
    const result = await validateOne(session, file, { max, ofOneKind: format === 'text' ? 3 : 10 })
    if (format === 'json') checked.push({ file, ...result })
    else if (format === 'sarif') addTo(sarif, file, result.problems)
    else io.stdout.write(`${told(session, file, result)}\n`)
    return severitiesOf(result).some(fails) ? exitCode.found : exitCode.done
  })
  if (format === 'json') io.stdout.write(jsonDocument('validate', checked))
  if (format === 'sarif') io.stdout.write(sarif.document(code))
  return code
}

async function validateOne(
  { io, progress }: Session,
  file: string,
  listed: { max: number; ofOneKind: number },
): Promise<HarValidation> {
  const input = await openInput(io, file)
  try {
    return await validateHar(input, {
      maxProblems: listed.max,
      maxOfOneKind: listed.ofOneKind,
      onProgress: ({ bytesDone, bytesTotal }) => progress.show('read', bytesDone, bytesTotal),
      ...(io.signal ? { signal: io.signal } : {}),
    })
  } finally {
    progress.clear()
    await input.close()
  }
}

function severitiesOf({ counts }: HarValidation): Severity[] {
  return (['error', 'warning', 'note'] as const).filter((one) => counts[one] > 0).map((one) => SEVERITY[one])
}

function told({ io, t }: Session, file: string, result: HarValidation): string {
  const paint = paintFor(io.stdout, io.env)
  const { entries, counts, isValid, problems } = result
  const name = file === '-' ? t('cli.har_stdin') : plain(file)
  const verdict = isValid ? t('cli.har_valid', { file: name, entries }) : t('cli.har_invalid', { file: name })
  const lines = [paint(isValid ? 'green' : 'red', verdict), t('cli.har_problem_counts', counts)]
  const order = { error: 0, warning: 1, note: 2 }
  for (const problem of problems.toSorted((a, b) => order[a.severity] - order[b.severity]))
    lines.push('', ...problemLines({ io, t, progress: { show: () => undefined, clear: () => undefined } }, problem))
  const unlisted = counts.error + counts.warning + counts.note - problems.length
  if (unlisted > 0) lines.push('', t('cli.har_problems_unlisted', { count: unlisted }))
  for (const { code, path, count, listed } of result.groups.filter((group) => group.count > group.listed).slice(0, 20))
    lines.push(`  ${code}  ${plain(path)}  +${t.format.number(count - listed)}`)
  return lines.join('\n')
}

function problemLines({ io, t }: Session, { severity, code, what, fix, line }: HarProblem): string[] {
  const paint = paintFor(io.stdout, io.env)
  const place = line === undefined ? '' : `  ${paint('dim', t('cli.har_line', { line }))}`
  return [
    `${paint(COLOURS[severity], t(`cli.har_problem_${severity}`))}  ${code}${place}`,
    `  ${plain(what[t.locale])}`,
    `  ${plain(fix[t.locale])}`,
  ]
}

function addTo(sarif: Sarif, file: string, problems: readonly HarProblem[]): void {
  for (const { code, severity, path, what, fix, line, column } of problems)
    sarif.add({
      rule: code,
      severity: SEVERITY[severity],
      file,
      message: what,
      help: fix,
      places: [{ path, line, column }],
    })
}
