import type { Activity, Message } from '@clew/contract/conversations'
import { useT } from '../../app/i18n.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './files.module.css'

type SharedFile = Extract<Activity, { type: 'shared_file' }>

/** Files that a contact shared from elsewhere, each once. Clew never fetches them. */
export function ExternalCaptures({ messages }: { messages: readonly Message[] }) {
  const t = useT()
  const files = sharedIn(messages)
  if (files.length === 0) return null
  return (
    <RailRow as="section" className={styles.block} aria-label={t('workspace.external')}>
      <h3 className={styles.name}>{t('workspace.external')}</h3>
      {files.map((file) => (
        <div key={file.url} className={text.small}>
          <p>
            <a href={file.url} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
              {t(`workspace.external_${file.provider}`, { host: file.host })}
            </a>
          </p>
          <Access access={file.access} />
        </div>
      ))}
      <p className={text.muted}>{t('workspace.external_warning')}</p>
    </RailRow>
  )
}

function Access({ access }: Pick<SharedFile, 'access'>) {
  const t = useT()
  if (access === 'view') return null
  return access === 'edit' ? (
    <Status shape="partial" tone="partial">
      {t('workspace.external_edit')}
    </Status>
  ) : (
    <span className={text.muted}>{t('workspace.external_unknown')}</span>
  )
}

function sharedIn(messages: readonly Message[]): SharedFile[] {
  const files = new Map<string, SharedFile>()
  for (const { activity } of messages) if (activity?.type === 'shared_file') files.set(activity.url, activity)
  return [...files.values()]
}
