import type { CaptureSummary } from '@clew/contract/captures'
import type { ComponentChildren } from 'preact'
import { formatSize } from '../files/size.ts'
import type { UploadProgress } from '../uploads/uploader.ts'
import { usePanel } from './context.ts'
import { Row } from './row.tsx'

/** A capture on its way: how far it is, how long it will take, and what can be done about it. */
export function UploadState({ capture }: { capture: CaptureSummary }) {
  const { t, state } = usePanel()
  const mine = state.uploads[capture.fileId]
  if (mine !== undefined) return <Mine id={capture.fileId} name={capture.name} progress={mine} />
  const { doneBytes = 0, totalBytes = capture.sizeBytes } = capture.progress ?? {}
  return (
    <>
      <Bar name={capture.name} sent={doneBytes} total={totalBytes} />
      <p class="note">{t('widget.upload_elsewhere')}</p>
    </>
  )
}

/** Plain files on their way from this device; each becomes a message when all of it is there. */
export function FilesOnWay() {
  const { state } = usePanel()
  return (
    <>
      {Object.entries(state.uploads).map(
        ([id, progress]) =>
          progress.name !== undefined && (
            <Row key={id} knot={{ kind: 'contact' }} isNext>
              <p class="file">
                <b>{progress.name}</b>
              </p>
              <Mine id={id} name={progress.name} progress={progress} />
            </Row>
          ),
      )}
    </>
  )
}

type MineProps = { id: string; name: string; progress: UploadProgress }

function Mine({ id, name, progress }: MineProps) {
  const { t } = usePanel()
  return (
    <>
      <Bar name={name} sent={progress.sentBytes} total={progress.totalBytes}>
        <Left progress={progress} />
      </Bar>
      {progress.isFragile && <p role="status">{t('widget.upload_fragile')}</p>}
      <Choices id={id} progress={progress} />
    </>
  )
}

type BarProps = { name: string; sent: number; total: number; children?: ComponentChildren }

function Bar({ name, sent, total, children }: BarProps) {
  const { t } = usePanel()
  return (
    <>
      <progress max={1} value={sent / Math.max(1, total)} aria-label={t('widget.upload_label', { name })} />
      <p class="note">
        {t('widget.upload_progress', { done: formatSize(t, sent), total: formatSize(t, total) })}
        {children}
      </p>
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
