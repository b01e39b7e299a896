import { formatSize } from '../files/size.ts'
import type { OutboxEntry, Outgoing, UploadedFile } from '../outbox/outbox.ts'
import { usePanel } from './context.ts'
import { Shape } from './icons.tsx'
import { RichText } from './rich-text.tsx'
import { Byline, Row } from './row.tsx'

/** Words of one's own that the server has not acknowledged yet, with what becomes of them. */
export function OutgoingRow({ entry, isSameAuthor }: { entry: OutboxEntry; isSameAuthor: boolean }) {
  const { t } = usePanel()
  const { outgoing } = entry
  if (outgoing.kind === 'fact') return null
  const files = filesOf(outgoing)
  return (
    <Row at={entry.createdAt} knot={{ kind: 'contact' }}>
      {!isSameAuthor && <Byline author={{ type: 'contact' }} />}
      {'body' in outgoing && outgoing.body !== '' && (
        <div class="mine">
          <RichText text={outgoing.body} />
        </div>
      )}
      {outgoing.kind === 'person' && <p class="mine">{t('widget.talk_to_person')}</p>}
      {files.map((file) => (
        <SendingFile key={file.id} file={file} />
      ))}
      <EntryState entry={entry} hasFiles={files.length > 0} />
    </Row>
  )
}

function filesOf(outgoing: Outgoing): readonly UploadedFile[] {
  if (outgoing.kind === 'message') return [...outgoing.files, ...(outgoing.uploaded ?? [])]
  if (outgoing.kind === 'start') return outgoing.files
  if (outgoing.kind === 'large_capture') return [outgoing.upload]
  return outgoing.kind === 'capture' ? [outgoing.file] : []
}

function SendingFile({ file }: { file: UploadedFile }) {
  const { t, state } = usePanel()
  const sent = state.sentBytes[file.id]
  const size = formatSize(t, file.sizeBytes)
  const percent = t.format.number(Math.min(1, (sent ?? 0) / file.sizeBytes), { style: 'percent' })
  return (
    <div class="file">
      <b>{file.name}</b>
      <span>{sent === undefined ? size : t('widget.file_sent', { size, percent })}</span>
    </div>
  )
}

function EntryState({ entry, hasFiles }: { entry: OutboxEntry; hasFiles: boolean }) {
  const { t, state, actions } = usePanel()
  if (entry.failure !== undefined)
    return (
      <div class="state">
        <p>
          <span class="major">
            <Shape name="major" />
          </span>{' '}
          {t('widget.failed', { reason: entry.failure.sentence ?? reasonOf(entry.failure.code, t) })}
        </p>
        <div class="choices">
          <button type="button" onClick={() => void actions.retry(entry.order)}>
            {t('widget.retry')}
          </button>
          <button type="button" onClick={() => void actions.discard(entry.order)}>
            {t('widget.discard')}
          </button>
        </div>
      </div>
    )
  const waits = state.isWaiting || state.connection === 'offline'
  return (
    <div class="state">
      <p>
        {waits && (
          <span class="degraded">
            <Shape name="degraded" />{' '}
          </span>
        )}
        {waits ? t('widget.waiting_network') : t('widget.sending')}
        {hasFiles && (
          <>
            {' · '}
            <button type="button" class="link" onClick={() => void actions.discard(entry.order)}>
              {t('widget.cancel')}
            </button>
          </>
        )}
      </p>
    </div>
  )
}

function reasonOf(code: string, t: ReturnType<typeof usePanel>['t']): string {
  if (code === 'network') return t('widget.error_network')
  return code.startsWith('session.') ? t('widget.error_session') : t('widget.error_other')
}
