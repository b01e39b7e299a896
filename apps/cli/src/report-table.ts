import type { SanitiseReport } from '@clew/har'
import type { Words } from './words.ts'

/** What was removed and how often, where, and what to know about the file. */
export function reportTable(t: Words, report: SanitiseReport): string {
  const removed = report.removed.map(({ kind, count }) => [t(`cli.har_kind_${kind}`), t.format.number(count)] as const)
  const examples = report.examples
    .slice(0, 10)
    .map(({ where, replacement }) => `  ${plain(where)}  ${plain(replacement)}`)
  const warnings = report.warnings.map(({ code, path }) => `  ${code}${path === undefined ? '' : ` ${plain(path)}`}`)
  return [
    ...section(t('cli.har_removed'), rows(removed)),
    ...section(t('cli.har_examples'), examples),
    ...(report.entriesDropped > 0 ? ['', t('cli.har_dropped', { count: report.entriesDropped })] : []),
    ...section(t('cli.har_warnings'), warnings),
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', title, ...lines])

function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(0, ...pairs.map(([name]) => name.length))
  const right = Math.max(0, ...pairs.map(([, count]) => count.length))
  return pairs.map(([name, count]) => `  ${name.padEnd(left)}  ${count.padStart(right)}`)
}

const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Words of the file as a terminal may show them: a capture can hold sequences that move the cursor or change the title. */
export const plain = (text: string): string => text.replaceAll(controls, '\ufffd')
