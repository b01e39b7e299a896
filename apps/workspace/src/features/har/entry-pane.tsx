import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import type { CaptureEntry, CaptureSummary } from '@clew/contract/captures'
import { isFailing, type WaterfallWords } from '@clew/har/waterfall'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { captureEntryQuery } from '../../app/queries.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import pane from '../../app/ui/pane.module.css'
import { sideLedgerClass } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { EntryBodies } from './entry-bodies.tsx'
import { EntryOrigin } from './entry-origin.tsx'
import styles from './entry-pane.module.css'
import { Cookies, Headers, Pairs, Part } from './entry-parts.tsx'
import { EntryTimes } from './entry-times.tsx'
import { Marked } from './marked.tsx'
import { useWords } from './use-words.ts'

type PaneProps = {
  entry: CaptureEntry
  capture: CaptureSummary
  onClose(): void
  onStep(by: 1 | -1): void
}

/** One request in full: asked, why it matters, timed, answered, and everything that was said. */
export function EntryPane({ entry, capture, onClose, onStep }: PaneProps) {
  const t = useT()
  const words = useWords()
  const { data, error, refetch } = useQuery(captureEntryQuery(capture.id, entry.index))
  return (
    <>
      <PaneHead entry={entry} onClose={onClose} onStep={onStep} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable */}
      <div
        className={pane.scroll}
        tabIndex={0}
        role="region"
        aria-label={t('workspace.entry_number', { entry: String(entry.index) })}
      >
        <div className={sideLedgerClass}>
          <Request entry={entry} detail={data} />
          <Why entry={entry} capture={capture} />
          <Part name={t('workspace.margin_time')}>
            <EntryTimes entry={entry} words={words} />
          </Part>
          <Answer entry={entry} detail={data} words={words} />
          {data !== undefined && <Said detail={data} words={words} />}
          {data === undefined && (
            <Part name="">
              {error === null ? <Bones widths={[80, 60, 72, 50]} /> : <p role="alert">{errorText(t, error)}</p>}
              {error !== null && (
                <button type="button" className={controls.button} onClick={() => void refetch()}>
                  {t('workspace.try_again')}
                </button>
              )}
            </Part>
          )}
        </div>
      </div>
    </>
  )
}

function PaneHead({ entry, onClose, onStep }: Omit<PaneProps, 'capture'>) {
  const t = useT()
  return (
    <div className={pane.head}>
      <h2>{t('workspace.entry_number', { entry: String(entry.index) })}</h2>
      <StatusOf entry={entry} />
      <span className={styles.steps}>
        <button
          type="button"
          className={controls.button}
          onClick={() => onStep(-1)}
          aria-label={t('workspace.entry_previous')}
        >
          ↑
        </button>
        <button
          type="button"
          className={controls.button}
          onClick={() => onStep(1)}
          aria-label={t('workspace.entry_next')}
        >
          ↓
        </button>
        <button type="button" className={controls.button} onClick={onClose} aria-label={t('workspace.close')}>
          ×
        </button>
      </span>
    </div>
  )
}

function StatusOf({ entry }: { entry: CaptureEntry }) {
  const t = useT()
  const word = entry.status === 0 ? t('workspace.no_answer') : String(entry.status)
  const [shape, tone] = isFailing(entry) ? (['major', 'major'] as const) : (['ok', 'ok'] as const)
  return (
    <Status shape={shape} tone={tone}>
      {word}
    </Status>
  )
}

type SectionProps = { entry: CaptureEntry; detail: CaptureEntryDetail | undefined }

function Request({ entry, detail }: SectionProps) {
  const t = useT()
  return (
    <Part name={t('workspace.margin_asked')}>
      <p className={cx(text.mono, styles.address)}>
        <b>{entry.method}</b> <Marked text={detail?.url ?? `${entry.host}${entry.path}`} />
      </p>
      <p className={cx(text.small, text.muted)}>
        {entry.startedAt !== '' && t.format.date(entry.startedAt, { dateStyle: 'medium', timeStyle: 'medium' })}
      </p>
      {detail !== undefined && (
        <Pairs
          pairs={[
            [t('workspace.detail_protocol'), detail.httpVersion],
            [t('workspace.detail_priority'), detail.priority],
            [t('workspace.detail_server'), detail.serverAddress],
            [t('workspace.detail_cache'), detail.fromCache && t(`workspace.cache_${cacheName(detail.fromCache)}`)],
          ]}
        />
      )}
    </Part>
  )
}

const cacheNames = ['memory', 'disk', 'push', 'prefetch'] as const
const cacheName = (source: string) => cacheNames.find((name) => name === source) ?? 'service_worker'

function Why({ entry, capture }: { entry: CaptureEntry; capture: CaptureSummary }) {
  const t = useT()
  const findings = capture.findings.filter(({ entries }) => entries.includes(entry.index))
  if (findings.length === 0) return null
  return (
    <Part name={t('workspace.margin_why')}>
      <ol className={styles.why}>
        {findings.map((finding) => (
          <li key={finding.rule}>{finding.message.agent[t.locale]}</li>
        ))}
      </ol>
    </Part>
  )
}

function Answer({ entry, detail, words }: SectionProps & { words: WaterfallWords }) {
  const t = useT()
  return (
    <Part name={t('workspace.margin_answer')}>
      {entry.error !== undefined && (
        <p className={text.small}>
          <Status shape="major" tone="major">
            <span className={text.mono}>{entry.error}</span>
          </Status>
        </p>
      )}
      <Pairs
        pairs={[
          [t('workspace.detail_status'), entry.status === 0 ? '' : `${entry.status} ${detail?.statusText ?? ''}`],
          [t('workspace.answer_type'), entry.mediaType],
          [t('workspace.answer_size'), entry.sizeBytes > 0 ? words.size(entry.sizeBytes) : ''],
          [t('workspace.detail_transfer'), detail?.transferBytes === undefined ? '' : words.size(detail.transferBytes)],
          [t('workspace.detail_redirect'), detail?.redirectUrl ?? ''],
        ]}
      />
      <p className={cx(text.small, text.muted)}>{t('workspace.field_request_ids')}</p>
      {entry.requestIds.length === 0 ? (
        <p className={text.small}>{t('workspace.request_ids_none')}</p>
      ) : (
        entry.requestIds.map((id) => (
          <CopyButton key={id} value={id} label={t('workspace.copy_value', { value: id })} />
        ))
      )}
    </Part>
  )
}

function Said({ detail, words }: { detail: CaptureEntryDetail; words: WaterfallWords }) {
  const t = useT()
  const { request, response } = detail
  return (
    <>
      {request.query.length > 0 && (
        <Part name={t('workspace.margin_query')}>
          <Pairs pairs={request.query.map(({ name, value }) => [name, value])} />
        </Part>
      )}
      <Part name={t('workspace.margin_sent')}>
        <Headers title={t('workspace.headers_sent')} headers={request.headers} />
        <Cookies title={t('workspace.cookies_sent')} cookies={request.cookies} />
      </Part>
      <Part name={t('workspace.margin_got')}>
        <Headers title={t('workspace.headers_got')} headers={response.headers} />
        <Cookies title={t('workspace.cookies_got')} cookies={response.cookies} />
      </Part>
      <EntryBodies detail={detail} words={words} />
      <EntryOrigin detail={detail} />
    </>
  )
}
