import type { CleanCapture } from './messages.ts'
import type { Words } from './page.ts'
import { writeDuration, writeSize } from './sizes.ts'

interface Told {
  readonly name: string
  readonly result: Pick<
    CleanCapture,
    'report' | 'findings' | 'rows' | 'failing' | 'exporter' | 'startedAt' | 'spanMs' | 'clean'
  >
  readonly t: Words
}

/** What the report says as text to paste anywhere. It is made of the clean copy alone. */
export function writeSummary({ name, result, t }: Told): string {
  const { report, findings, rows, failing, exporter, startedAt, spanMs, clean } = result
  const facts = [
    t('har-page.exchanges', { count: rows.length }),
    ...(startedAt === undefined ? [] : [startedAt]),
    writeDuration(spanMs, t),
    ...(exporter === '' ? [] : [exporter]),
    writeSize(clean.size, t),
  ]
  const removed = report.removed.map(({ kind, count }) => `- ${t(`har-page.kind_${kind}`)}: ${t.format.number(count)}`)
  const found = findings.flatMap(({ severity, message, nextStep, requestIds }, at) => [
    `${at + 1}. ${t(`har-page.severity_${severity}`)}: ${message.customer[t.locale]}`,
    ...(nextStep === undefined ? [] : [`   ${nextStep[t.locale]}`]),
    ...(requestIds.length === 0 ? [] : [`   ${requestIds.slice(0, 5).join(', ')}`]),
  ])
  return [
    `${t('har-page.summary_of', { name })}`,
    facts.join(' · '),
    '',
    t('har-page.findings', { count: findings.length }),
    t('har-page.failing', { failing, count: rows.length }),
    ...found,
    '',
    t('har-page.removed_title', { count: report.removedTotal }),
    ...removed,
    '',
  ].join('\n')
}
