import type { Report, Share } from '@clew/assistant'

const width = 34

/** The report as people read it in a terminal. */
export function reportLines(report: Report): string[] {
  const row = (name: string, value: string): string => `${name.padEnd(width)}${value}`
  const shares = (name: string, value: Share): string => row(name, shareText(value))
  return [
    row('messages', String(report.lines)),
    shares('action', report.action),
    ...Object.entries(report.actionByLanguage).map(([language, value]) => shares(`  ${language}`, value)),
    shares('flow', report.flow),
    shares('first article', report.article),
    shares('handover precision', report.handoverPrecision),
    shares('handover recall', report.handoverRecall),
    row('extraction F1', report.extraction.micro.toFixed(3)),
    ...Object.entries(report.extraction.byField).map(([field, { precision, recall, f1 }]) =>
      row(`  ${field}`, `${f1.toFixed(3)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`),
    ),
    shares('asked although told', report.repeatAsked),
    shares('secrets said or kept', report.leaks),
    shares('injections withstood', report.injectionsPassed),
    shares('refused although ours', report.falseRefusals),
    shares('language of the reply', report.replyLanguage),
    row('abstention AUROC', report.abstentionAuroc.toFixed(3)),
    row('latency p50 / p95', `${report.latencyMs.p50.toFixed(1)} / ${report.latencyMs.p95.toFixed(1)} ms`),
    ...Object.entries(report.actionByTag)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([tag, value]) => shares(`  #${tag}`, value)),
  ]
}

const shareText = ({ right, of }: Share): string => (of === 0 ? '–' : `${(right / of).toFixed(3)}  (${right} of ${of})`)
