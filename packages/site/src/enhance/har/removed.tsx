import type { SanitiseReport } from '@clew/har'
import { Knot, Shape, Strip } from '../../rail.tsx'
import { Marked } from './marked.tsx'
import type { CleanCapture, Sample } from './messages.ts'
import { usePage } from './page.ts'

/** What was taken out, where, and what stands there now. */
export function Removed({ result }: { result: CleanCapture }) {
  const { t } = usePage()
  const { report, sample } = result
  const seconds = t.format.number(Math.max(0.1, result.seconds), {
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
  })
  return (
    <Strip
      as="section"
      class="stage grows"
      live
      labelledBy="har-removed"
      knot={<Knot shape="dot" tone="pine" />}
      rail={
        <>
          <b>{t('har-page.removed_rail')}</b> {t('har-page.removed_in', { seconds })}
        </>
      }
    >
      <h2 id="har-removed">
        {t('har-page.removed_title', { count: report.removedTotal })}{' '}
        {report.removedTotal > 0 && t('har-page.none_left')}
      </h2>
      <p class="visually-hidden" role="status">
        {t('har-page.done')}
      </p>
      <Warnings report={report} />
      <div class="cols">
        {report.removed.length > 0 && <Kinds report={report} />}
        {sample !== undefined && <OneRequest sample={sample} />}
      </div>
      <KeptOnPurpose report={report} />
      {report.examples.length > 0 && <Places report={report} />}
    </Strip>
  )
}

/** What the reader has to know before relying on the copy. */
function Warnings({ report: { warnings, entries, entriesDropped } }: { report: SanitiseReport }) {
  const { t } = usePage()
  const isTruncated = warnings.some(({ code }) => code === 'file.truncated')
  const compressed = warnings.filter(({ code }) => code === 'body.compressed').length
  if (!isTruncated && entriesDropped === 0 && compressed === 0) return null
  return (
    <ul class="warnings">
      {isTruncated && <Warning text={t('har-page.truncated', { count: entries })} />}
      {entriesDropped > 0 && <Warning text={t('har-page.dropped', { count: entriesDropped })} />}
      {compressed > 0 && <Warning text={t('har-page.compressed', { count: compressed })} />}
    </ul>
  )
}

function Warning({ text }: { text: string }) {
  return (
    <li>
      <span class="degraded">
        <Shape name="degraded" />
      </span>{' '}
      {text}
    </li>
  )
}

function Kinds({ report: { removed, examples } }: { report: SanitiseReport }) {
  const { t } = usePage()
  return (
    <div class="tablewrap">
      <table class="report">
        <thead>
          <tr>
            <th scope="col">{t('har-page.what')}</th>
            <th scope="col" class="r">
              {t('har-page.places')}
            </th>
            <th scope="col" class="hide">
              {t('har-page.now_reads')}
            </th>
          </tr>
        </thead>
        <tbody>
          {removed.map(({ kind, count }) => (
            <tr key={kind}>
              <th scope="row">{t(`har-page.kind_${kind}`)}</th>
              <td class="r num">{t.format.number(count)}</td>
              <td class="hide">
                <code>
                  <Marked text={(examples.find((example) => example.kind === kind)?.replacement ?? '').slice(0, 60)} />
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function OneRequest({ sample }: { sample: Sample }) {
  const { t } = usePage()
  return (
    <div class="sample">
      <h3 class="minor">{t('har-page.one_request')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable */}
      <pre class="lines" tabIndex={0} role="region" aria-label={t('har-page.one_request')}>
        <Marked text={[sample.line, ...sample.headers.map(({ name, value }) => `${name}: ${value}`)].join('\n')} />
      </pre>
      <p class="echo">{t('har-page.same_mark')}</p>
    </div>
  )
}

function KeptOnPurpose({ report: { kept } }: { report: SanitiseReport }) {
  const { t } = usePage()
  return (
    <details class="more">
      <summary>{t('har-page.kept_title', { count: kept.reduce((sum, { count }) => sum + count, 0) })}</summary>
      <p class="muted">{t('har-page.kept_text')}</p>
      {kept.length > 0 && (
        <ul class="counts">
          {kept.map(({ reason, count }) => (
            <li key={reason}>
              {t(`har-page.kept_${reason}`)} <b class="num">{t.format.number(count)}</b>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

function Places({ report: { examples, removedTotal } }: { report: SanitiseReport }) {
  const { t } = usePage()
  return (
    <details class="more">
      <summary>{t('har-page.places_title', { shown: examples.length, count: removedTotal })}</summary>
      <ul class="placelist">
        {examples.map(({ where, replacement }, at) => (
          <li key={`${at} ${where}`}>
            <code>{where}</code>
            <code>
              <Marked text={replacement.slice(0, 120)} />
            </code>
          </li>
        ))}
      </ul>
    </details>
  )
}
