import type { CaptureSummary, Finding } from '@clew/contract/captures'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useT } from '../../app/i18n.tsx'
import { captureQuery } from '../../app/queries.ts'
import { duration } from '../../app/sizes.ts'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './capture-card.module.css'
import { bySeverity, totalOf } from './findings-model.ts'
import { Severity } from './severity.tsx'

const WaterfallStrip = lazy(async () => ({ default: (await import('./waterfall-strip.tsx')).WaterfallStrip }))

/** A capture on the facts pane: what it says, where to look, and what was taken out of it. */
export function CaptureCard({ capture }: { capture: CaptureSummary }) {
  const t = useT()
  return (
    <>
      <RailRow as="section" className={styles.block} margin="HAR" aria-label={capture.name}>
        <h3 className={styles.name}>{capture.name}</h3>
        <CaptureState capture={capture} />
        {capture.state === 'analysed' && <Strip capture={capture} />}
        <Removed capture={capture} />
      </RailRow>
      {capture.findings.toSorted(bySeverity).map((finding, index) => (
        <FindingRow
          key={`${finding.rule} ${finding.entries.join()}`}
          finding={finding}
          number={index + 1}
          capture={capture}
        />
      ))}
      {capture.state === 'analysed' && capture.findings.length === 0 && (
        <RailRow className={styles.block}>
          <p className={text.small}>{t('workspace.no_findings')}</p>
        </RailRow>
      )}
    </>
  )
}

function CaptureState({ capture }: { capture: CaptureSummary }) {
  const t = useT()
  if (capture.state === 'refused')
    return (
      <p className={text.small}>
        <Status shape="major" tone="major">
          {t(`workspace.${refusals[capture.refusal ?? ''] ?? 'capture_refused'}`)}
        </Status>
      </p>
    )
  if (capture.state !== 'analysed')
    return (
      <p className={cx(text.small, text.muted)} role="status">
        <OnItsWay capture={capture} />
      </p>
    )
  return (
    <p className={cx(text.small, text.muted)}>
      {t('workspace.capture_facts', { count: capture.entries, span: duration(t, capture.spanMs) })}{' '}
      {capture.failing > 0 ? (
        <Status shape="major" tone="major">
          {t('workspace.failing_count', { count: capture.failing })}
        </Status>
      ) : (
        <Status shape="ok" tone="ok">
          {t('workspace.failing_none')}
        </Status>
      )}
      {capture.expiredAt !== undefined && <> {t('workspace.capture_expired')}</>}
    </p>
  )
}

const refusals: Readonly<Record<string, 'capture_check_failed' | 'upload_cancelled' | 'upload_expired'>> = {
  'capture.check_failed': 'capture_check_failed',
  'upload.cancelled': 'upload_cancelled',
  'upload.expired': 'upload_expired',
}

function OnItsWay({ capture: { state, progress } }: { capture: CaptureSummary }) {
  const t = useT()
  if (progress === undefined || progress.totalBytes === 0 || state === 'received')
    return t('workspace.capture_being_read')
  const percent = t.format.number(progress.doneBytes / progress.totalBytes, { style: 'percent' })
  return t(state === 'uploading' ? 'workspace.capture_uploading' : 'workspace.capture_checking', { percent })
}

function Strip({ capture }: { capture: CaptureSummary }) {
  const t = useT()
  const { data } = useQuery(captureQuery(capture.id))
  return (
    <Link
      className={styles.strip}
      to="/c/$conversationId/har/$captureId"
      params={{ conversationId: capture.conversationId, captureId: capture.id }}
      search={(before) => ({ view: before.view, tag: before.tag })}
    >
      <span className={styles.picture}>
        <Suspense>{data !== undefined && <WaterfallStrip detail={data} />}</Suspense>
      </span>
      {t('workspace.open_waterfall')}
    </Link>
  )
}

function FindingRow({ finding, number, capture }: { finding: Finding; number: number; capture: CaptureSummary }) {
  const t = useT()
  return (
    <RailRow as="section" className={styles.block} margin={t('workspace.finding_number', { number })}>
      <p className={text.small}>
        <Severity severity={finding.severity} />
      </p>
      <p className={styles.message}>{finding.message.agent[t.locale]}</p>
      <EntryLinks finding={finding} capture={capture} />
      {finding.requestIds.map((id) => (
        <div key={id}>
          <CopyButton value={id} label={t('workspace.copy_value', { value: id })} />
        </div>
      ))}
      {finding.nextStep !== undefined && <p className={cx(text.small, text.muted)}>{finding.nextStep[t.locale]}</p>}
    </RailRow>
  )
}

const shownLinks = 4

function EntryLinks({ finding, capture }: { finding: Finding; capture: CaptureSummary }) {
  const t = useT()
  if (finding.entries.length === 0) return null
  return (
    <p className={styles.entries}>
      {finding.entries.slice(0, shownLinks).map((entry) => (
        <Link
          key={entry}
          to="/c/$conversationId/har/$captureId"
          params={{ conversationId: capture.conversationId, captureId: capture.id }}
          search={(before) => ({ view: before.view, tag: before.tag, entry })}
        >
          {t('workspace.entry_number', { entry: String(entry) })}
        </Link>
      ))}
      {finding.entries.length > shownLinks && (
        <span className={text.muted}>{t('workspace.and_more', { count: finding.entries.length - shownLinks })}</span>
      )}
    </p>
  )
}

export function Removed({ capture }: { capture: CaptureSummary }) {
  const t = useT()
  const onServer = totalOf(capture.removedOnServer)
  return (
    <details className={styles.removed}>
      <summary>
        {t('workspace.removed_in_browser', { count: totalOf(capture.removedInBrowser) })}{' '}
        {capture.state === 'analysed' && t('workspace.removed_on_server', { count: onServer })}
      </summary>
      <ul>
        {[...capture.removedInBrowser, ...capture.removedOnServer].map(({ kind, count }, index) => (
          <li key={`${kind} ${index}`}>
            <span className={text.mono}>{kind}</span> {t.format.number(count)}
          </li>
        ))}
      </ul>
    </details>
  )
}
