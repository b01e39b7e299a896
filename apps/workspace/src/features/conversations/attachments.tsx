import type { Attachment } from '@clew/contract/conversations'
import { api } from '../../app/api.ts'
import { useT } from '../../app/i18n.tsx'
import { byteSize } from '../../app/sizes.ts'
import text from '../../app/ui/text.module.css'
import styles from './timeline.module.css'

// Formats without script; the server sends everything else as a download.
const shownInPlace = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])
const playedInPlace = new Set(['video/mp4', 'video/webm'])

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  return attachments.map((attachment) => <Attached key={attachment.fileId} attachment={attachment} />)
}

function Attached({ attachment }: { attachment: Attachment }) {
  const t = useT()
  const { fileId, name, mediaType } = attachment
  const address = api.fileUrl(fileId)
  if (shownInPlace.has(mediaType))
    return (
      <div>
        <a className={styles.picture} href={address} target="_blank" rel="noreferrer">
          <img src={address} alt={t('workspace.picture_named', { name })} loading="lazy" />
        </a>
      </div>
    )
  return (
    <>
      {playedInPlace.has(mediaType) && (
        // biome-ignore lint/a11y/useMediaCaption: a recording of a screen comes without captions
        <video className={styles.film} controls preload="metadata" playsInline aria-label={name} src={address} />
      )}
      <FileLink attachment={attachment} />
    </>
  )
}

function FileLink({ attachment: { fileId, name, sizeBytes } }: { attachment: Attachment }) {
  const t = useT()
  return (
    <a className={styles.file} href={api.fileUrl(fileId)} target="_blank" rel="noreferrer" download={name}>
      <b>{name}</b>
      <span className={text.muted}>{byteSize(t, sizeBytes)}</span>
    </a>
  )
}
