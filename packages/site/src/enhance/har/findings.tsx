import type { Finding } from '@clew/har'
import { Knot, Strip } from '../../rail.tsx'
import type { CleanCapture } from './messages.ts'
import { usePage } from './page.ts'

/** As many as a person takes in; the rest is one press away. */
const openAtFirst = 3

interface FindingsProps {
  result: CleanCapture
  /** The finding whose requests the timeline shows. */
  shown: number | undefined
  onShow(finding: number | undefined): void
}

export function Findings({ result: { findings, undecidable, rows, failing }, shown, onShow }: FindingsProps) {
  const { t } = usePage()
  const rest = findings.slice(openAtFirst)
  return (
    <section aria-labelledby="har-read">
      <Strip
        class="stage findings grows"
        live
        knot={<Knot shape="dot" tone="pine" />}
        rail={
          <>
            <b>{t('har-page.read_rail')}</b>
          </>
        }
      >
        <h2 id="har-read">{t('har-page.findings', { count: findings.length })}</h2>
        <p class="muted">{t('har-page.failing', { failing, count: rows.length })}</p>
      </Strip>
      {findings.slice(0, openAtFirst).map((finding, at) => (
        <FindingStrip key={finding.rule + at} finding={finding} at={at} shown={shown} onShow={onShow} />
      ))}
      {rest.length > 0 && (
        <details class="folded">
          <summary>
            <Strip live class="finding">
              <span class="foldsummary">{t('har-page.findings_more', { count: rest.length })}</span>
            </Strip>
          </summary>
          {rest.map((finding, at) => (
            <FindingStrip
              key={finding.rule + at}
              finding={finding}
              at={at + openAtFirst}
              shown={shown}
              onShow={onShow}
            />
          ))}
        </details>
      )}
      {undecidable.length > 0 && (
        <Strip live class="finding">
          <details>
            <summary>{t('har-page.undecidable', { count: undecidable.length })}</summary>
            <ul class="problemlist">
              {undecidable.map(({ rule, why }) => (
                <li key={rule}>{why[t.locale]}</li>
              ))}
            </ul>
          </details>
        </Strip>
      )}
    </section>
  )
}

const knots = { high: ['major', 'major'], medium: ['degraded', 'degraded'], low: ['ring', undefined] } as const

type StripProps = Omit<FindingsProps, 'result'> & { finding: Finding; at: number }

function FindingStrip({ finding, at, shown, onShow }: StripProps) {
  const { t, articles } = usePage()
  const { severity, message, nextStep, requestIds, entries } = finding
  const [shape, tone] = knots[severity]
  return (
    <Strip
      class="finding"
      live
      knot={tone === undefined ? <Knot shape={shape} /> : <Knot shape={shape} tone={tone} />}
      rail={<b>{t(`har-page.severity_${severity}`)}</b>}
    >
      <h3>{message.customer[t.locale]}</h3>
      {nextStep !== undefined && <p>{nextStep[t.locale]}</p>}
      {requestIds.length > 0 && <p class="echo mono">{requestIds.slice(0, 3).join(' · ')}</p>}
      <p class="btns">
        {entries.length > 0 && (
          <button
            type="button"
            class="linkish"
            aria-pressed={shown === at}
            onClick={() => onShow(shown === at ? undefined : at)}
          >
            {t('har-page.show_requests', { count: entries.length })}
          </button>
        )}
        {nextStep?.flow !== undefined && (
          <a href={articles + encodeURIComponent(nextStep.flow)}>{t('har-page.to_checks')}</a>
        )}
      </p>
    </Strip>
  )
}
