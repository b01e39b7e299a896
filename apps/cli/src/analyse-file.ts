import { type Analysis, analyse, type Finding, readCapture } from '@clew/har'
import { openSource } from './file-source.ts'
import { exitCode, type Io } from './io.ts'
import { plain } from './report-table.ts'
import type { Words } from './words.ts'

/** Says what went wrong in a capture, the most severe first. */
export async function analyseFile(io: Io, t: Words, file: string): Promise<number> {
  const source = await openSource(file)
  try {
    const capture = readCapture(await source.slice(0, source.size))
    io.stdout.write(`${told(t, analyse(capture))}\n`)
    if (!capture.isSanitised) io.stderr.write(`\n${t('cli.har_not_clean')}\n`)
    return exitCode.done
  } finally {
    await source.close()
  }
}

function told(t: Words, { findings, summary }: Analysis): string {
  const { entries, failing, spanMs } = summary
  const overview = t('cli.har_overview', { entries, failing, seconds: Math.round(spanMs / 100) / 10 })
  if (findings.length === 0) return `${overview}\n\n${t('cli.har_no_findings')}`
  return [overview, ...findings.map((finding) => findingText(t, finding))].join('\n\n')
}

function findingText(t: Words, { severity, rule, message, nextStep }: Finding): string {
  const lines = [`${t(`cli.har_severity_${severity}`)}  ${rule}`, `  ${plain(message.agent[t.locale])}`]
  return [...lines, ...(nextStep ? [`  ${t('cli.har_next', { step: plain(nextStep[t.locale]) })}`] : [])].join('\n')
}
