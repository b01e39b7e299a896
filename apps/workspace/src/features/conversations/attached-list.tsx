import type { Attachment } from '@clew/contract/conversations'
import { useRef } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { maxAttachmentBytes } from '../../app/limits.ts'
import { byteSize } from '../../app/sizes.ts'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './composer.module.css'
import { maxAttachments } from './limits.ts'
import type { Attaching, Upload } from './use-attaching.ts'

export function AttachButton({ attaching }: { attaching: Attaching }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className={controls.plain} onClick={() => input.current?.click()}>
        {t('workspace.attach')}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('workspace.attach')}
        onChange={(event) => {
          attaching.add(event.target.files ?? [])
          event.target.value = ''
        }}
      />
    </>
  )
}

export function AttachedList({ attaching, files }: { attaching: Attaching; files: readonly Attachment[] }) {
  const t = useT()
  if (files.length + attaching.uploads.length === 0 && attaching.refused === undefined) return null
  return (
    <ul className={styles.attached} aria-label={t('workspace.attached')} aria-live="polite">
      {files.map(({ fileId, name, sizeBytes }) => (
        <li key={fileId}>
          <b>{name}</b> <span className={text.muted}>{byteSize(t, sizeBytes)}</span>
          <RemoveButton name={name} onRemove={() => attaching.drop(fileId)} />
        </li>
      ))}
      {attaching.uploads.map((upload) => (
        <UploadLine key={upload.id} upload={upload} attaching={attaching} />
      ))}
      {attaching.refused !== undefined && (
        <li>
          <Status shape="major" tone="major">
            {attaching.refused.why === 'too_large'
              ? t('workspace.file_too_large', { name: attaching.refused.name, limit: byteSize(t, maxAttachmentBytes) })
              : t('workspace.files_too_many', { count: maxAttachments })}
          </Status>
        </li>
      )}
    </ul>
  )
}

function UploadLine({ upload, attaching }: { upload: Upload; attaching: Attaching }) {
  const t = useT()
  return (
    <li>
      <b>{upload.name}</b>
      {upload.problem === undefined ? (
        <progress
          max={Math.max(1, upload.file.size)}
          value={upload.sent}
          aria-label={t('workspace.uploading', { name: upload.name })}
        />
      ) : (
        <>
          <Status shape="major" tone="major">
            {errorText(t, upload.problem)}
          </Status>
          <button type="button" className={controls.link} onClick={() => attaching.retry(upload)}>
            {t('workspace.try_again')}
          </button>
        </>
      )}
      <RemoveButton name={upload.name} onRemove={() => attaching.drop(upload.id)} />
    </li>
  )
}

function RemoveButton({ name, onRemove }: { name: string; onRemove(): void }) {
  const t = useT()
  return (
    <button
      type="button"
      className={controls.link}
      onClick={onRemove}
      aria-label={t('workspace.remove_file', { name })}
    >
      {t('workspace.remove')}
    </button>
  )
}
