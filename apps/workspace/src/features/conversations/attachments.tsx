import type { Attachment } from '@clew/contract/conversations'
import { api } from '../../app/api.ts'
import { useT } from '../../app/i18n.tsx'
import { byteSize } from '../../app/sizes.ts'
import text from '../../app/ui/text.module.css'
import styles from './timeline.module.css'

// Formats without script; the server sends everything else as a download.
const shownInPlace = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const t = useT()
  return attachments.map(({ fileId, name, mediaType, sizeBytes }) =>
    shownInPlace.has(mediaType) ? (
      <div key={fileId}>
        <a className={styles.picture} href={api.fileUrl(fileId)} target="_blank" rel="noreferrer">
          <img src={api.fileUrl(fileId)} alt={t('workspace.picture_named', { name })} loading="lazy" />
        </a>
      </div>
    ) : (
      <a
        key={fileId}
        className={styles.file}
        href={api.fileUrl(fileId)}
        target="_blank"
        rel="noreferrer"
        download={name}
      >
        <b>{name}</b>
        <span className={text.muted}>{byteSize(t, sizeBytes)}</span>
      </a>
    ),
  )
}
