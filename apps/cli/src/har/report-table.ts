import type { SanitiseReport } from '@clew/har'
import type { Words } from '../words.ts'
import { pairs, plain } from './text.ts'

/** What was removed and how often, where, what stayed on purpose, and what to know about the file. */
export function reportTable(t: Words, report: SanitiseReport): string {
  const count = (amount: number): string => t.format.number(amount)
  const removed = report.removed.map((one) => [t(`cli.har_kind_${one.kind}`), count(one.count)] as const)
  const kept = report.kept.map((one) => [t(`cli.har_kept_${one.reason}`), count(one.count)] as const)
  const examples = report.examples
    .slice(0, 10)
    .map(({ where, replacement }) => `  ${plain(where)}  ${plain(replacement)}`)
  const warnings = report.warnings.map(({ code, path }) => `  ${code}${path === undefined ? '' : ` ${plain(path)}`}`)
  return [
    ...section(t('cli.har_removed'), pairs(removed)),
    ...section(t('cli.har_examples'), examples),
    ...section(t('cli.har_kept'), pairs(kept)),
    ...section(t('cli.har_warnings'), warnings),
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', title, ...lines])
