import type { CaptureSummary } from '@clew/contract/captures'
import { formatSize } from '../files/size.ts'
import type { UploadProgress } from '../uploads/uploader.ts'
import { usePanel } from './context.ts'

/** A capture on its way: how far it is, how long it will take, and what can be done about it. */
export function UploadState({ capture }: { capture: CaptureSummary }) {
  const { t, state } = usePanel()
  const mine = state.uploads[capture.fileId]
  const sent = mine?.sentBytes ?? capture.progress?.doneBytes ?? 0
  const total = mine?.totalBytes ?? capture.progress?.totalBytes ?? capture.sizeBytes
  return (
    <>
      <progress
        max={1}
        value={sent / Math.max(1, total)}
        aria-label={t('widget.upload_label', { name: capture.name })}
      />
      <p class="note">
        {t('widget.upload_progress', { done: formatSize(t, sent), total: formatSize(t, total) })}
        {mine !== undefined && <Left progress={mine} />}
      </p>
      {mine === undefined ? (
        <p class="note">{t('widget.upload_elsewhere')}</p>
      ) : (
        <Choices id={capture.fileId} progress={mine} />
      )}
    </>
  )
}

function Left({ progress }: { progress: UploadProgress }) {
  const { t } = usePanel()
  const { state, bytesPerSecond, totalBytes, sentBytes } = progress
  if (state !== 'uploading' || bytesPerSecond === undefined || bytesPerSecond <= 0) return null
  const seconds = (totalBytes - sentBytes) / bytesPerSecond
  return <>{` · ${t('widget.upload_left', { minutes: seconds < 45 ? 0 : Math.round(seconds / 60) })}`}</>
}

function Choices({ id, progress }: { id: string; progress: UploadProgress }) {
  const { t, actions, state } = usePanel()
  const isOffline = state.connection === 'offline' || progress.state === 'waiting'
  const isGoing = progress.state === 'uploading' || progress.state === 'waiting'
  return (
    <>
      {progress.state === 'failed' && <p role="status">{t('widget.upload_failed')}</p>}
      {progress.state === 'paused' && <p role="status">{t('widget.upload_paused')}</p>}
      {isGoing && isOffline && <p role="status">{t('widget.upload_waiting')}</p>}
      <div class="choices">
        {isGoing ? (
          <button type="button" onClick={() => void actions.uploads.pause(id)}>
            {t('widget.upload_pause')}
          </button>
        ) : (
          <button type="button" class="main" onClick={() => void actions.uploads.resume(id)}>
            {t('widget.upload_resume')}
          </button>
        )}
        <button type="button" onClick={() => void actions.uploads.cancel(id)}>
          {t('widget.cancel')}
        </button>
      </div>
    </>
  )
}
