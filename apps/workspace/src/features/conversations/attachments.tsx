import type { Attachment } from '@clew/contract/conversations'
import { api } from '../../app/api.ts'
import { useT } from '../../app/i18n.tsx'
import { byteSize } from '../../app/sizes.ts'
import { Status } from '../../app/ui/status.tsx'
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
  const { fileId, name, mediaType, check } = attachment
  if (check !== undefined) return <Unready name={name} check={check} />
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

/** What the virus scanner has not looked at, or has refused, is no link. */
function Unready({ name, check }: { name: string; check: 'waiting' | 'refused' }) {
  const t = useT()
  return (
    <p className={styles.file}>
      <b>{name}</b>
      {check === 'waiting' ? (
        <Status shape="ring" tone="quiet">
          {t('workspace.file_waiting')}
        </Status>
      ) : (
        <Status shape="major" tone="major">
          {t('workspace.file_refused')}
        </Status>
      )}
    </p>
  )
}
