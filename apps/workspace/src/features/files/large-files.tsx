import type { Attachment, Message } from '@clew/contract/conversations'
import { useT } from '../../app/i18n.tsx'
import { maxAttachmentBytes } from '../../app/limits.ts'
import { byteSize } from '../../app/sizes.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import styles from './files.module.css'
import { ShareLinks } from './share-links.tsx'

/** Plain files of the contact that are over the limit of an attachment, with the links to them. */
export function LargeFiles({ messages }: { messages: readonly Message[] }) {
  const t = useT()
  return largeIn(messages).map(({ fileId, name, sizeBytes }) => (
    <div key={fileId}>
      <RailRow as="section" className={styles.block} margin={t('workspace.large_file')} aria-label={name}>
        <h3 className={styles.name}>{name}</h3>
        <p className={text.small}>{byteSize(t, sizeBytes)}</p>
      </RailRow>
      <ShareLinks of={{ kind: 'files', id: fileId }} name={name} isLarge />
    </div>
  ))
}

function largeIn(messages: readonly Message[]): Attachment[] {
  const files = new Map<string, Attachment>()
  for (const { author, activity, attachments } of messages) {
    // A capture has a card of its own.
    if (author.type !== 'contact' || activity !== undefined) continue
    for (const each of attachments) if (each.sizeBytes > maxAttachmentBytes) files.set(each.fileId, each)
  }
  return [...files.values()]
}
