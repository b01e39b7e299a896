import { useEffect, useMemo, useState } from 'preact/hooks'
import { Knot, Strip } from '../../rail.tsx'
import type { CleanCapture } from './messages.ts'
import { cleanName } from './names.ts'
import { usePage, useWatched } from './page.ts'
import type { Job } from './session.ts'
import { writeSize } from './sizes.ts'
import { writeSummary } from './summary.ts'

/** Keep it, tell it, or send it: the reader's to decide. */
export function Keep({ job, result }: { job: Job; result: CleanCapture }) {
  const { t, session, contact, attach } = usePage()
  const send = useWatched(attach)
  const name = cleanName(job.file.name)
  const limit = session.operator.maxCaptureBytes
  const isTooLarge = result.clean.size > limit
  const address = useMemo(() => URL.createObjectURL(result.clean), [result.clean])
  useEffect(() => () => URL.revokeObjectURL(address), [address])
  return (
    <Strip
      as="section"
      class="stage keep"
      labelledBy="har-keep"
      knot={<Knot shape="ring" />}
      rail={
        <>
          <b>{t('har-page.yours')}</b> {t('har-page.yours_rest')}
        </>
      }
    >
      <h2 id="har-keep">{t('har-page.keep_title')}</h2>
      <p class="muted">
        {isTooLarge ? (
          t('har-page.too_large', { size: writeSize(result.clean.size, t), limit: writeSize(limit, t) })
        ) : (
          <>
            {t('har-page.keep_text', { size: writeSize(result.clean.size, t) })}{' '}
            {t(send === undefined ? 'har-page.keep_contact' : 'har-page.keep_send')}
          </>
        )}
      </p>
      <div class="btns">
        <a class="btn main" href={address} download={name}>
          {t('har-page.save')}
        </a>
        {isTooLarge ? null : send === undefined ? (
          <a class="btn" href={contact}>
            {t('har-page.open_case')}
          </a>
        ) : (
          <button
            type="button"
            class="btn"
            onClick={() => send(new File([result.clean], name, { type: 'application/json' }))}
          >
            {t('har-page.send')}
          </button>
        )}
        <CopySummary job={job} result={result} />
        <button type="button" class="btn plain" onClick={() => session.forget(job.id)}>
          {t('har-page.forget')}
        </button>
      </div>
    </Strip>
  )
}

function CopySummary({ job, result }: { job: Job; result: CleanCapture }) {
  const { t } = usePage()
  const [outcome, setOutcome] = useState<'copied' | 'refused'>()
  const summary = useMemo(() => writeSummary({ name: job.file.name, result, t }), [job, result, t])
  const copy = () =>
    navigator.clipboard.writeText(summary).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  return (
    <>
      <button type="button" class="btn" onClick={() => void copy()}>
        {t('har-page.copy_summary')}
      </button>
      <span role="status">{outcome === 'copied' && t('har-page.copied')}</span>
      {outcome === 'refused' && (
        <textarea class="summarytext" readOnly rows={8} aria-label={t('har-page.summary')} value={summary} />
      )}
    </>
  )
}
