import type { Finding } from '@clew/contract/captures'
import { usePanel } from './context.ts'
import { type Knot, Row } from './row.tsx'

const shown = 3
const knots: Record<Finding['severity'], Knot> = {
  high: { kind: 'shape', shape: 'major', tone: 'major' },
  medium: { kind: 'shape', shape: 'partial', tone: 'partial' },
  low: { kind: 'shape', shape: 'ring' },
}
const tones: Record<Finding['severity'], string> = { high: 'major', medium: 'partial', low: '' }

/** What a capture shows, the likeliest cause first. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = usePanel()
  if (findings.length === 0)
    return (
      <Row knot={knots.low} isQuiet>
        <p class="note">{t('widget.har_no_findings')}</p>
      </Row>
    )
  // What merely goes on is of interest only where nothing is wrong.
  const causes = findings.filter(({ severity }) => severity !== 'low')
  return (
    <>
      {(causes.length > 0 ? causes : findings).slice(0, shown).map((finding, index) => (
        <Row key={`${finding.rule} ${index}`} knot={knots[finding.severity]}>
          <p>
            <b class={tones[finding.severity]}>{t(`widget.severity_${finding.severity}`)}</b>{' '}
            {finding.message.customer[t.locale]}
          </p>
          {finding.nextStep !== undefined && <p class="note">{finding.nextStep[t.locale]}</p>}
          {finding.requestIds.slice(0, 1).map((id) => (
            <p key={id}>
              <code>{id}</code>
            </p>
          ))}
        </Row>
      ))}
    </>
  )
}
