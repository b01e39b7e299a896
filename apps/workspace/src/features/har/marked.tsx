import { splitAtPlaceholders } from '@clew/har/waterfall'
import { useT } from '../../app/i18n.tsx'
import styles from './marked.module.css'

/** A text from the capture, in which what the sanitiser took away is drawn apart. */
export function Marked({ text }: { text: string }) {
  const t = useT()
  return splitAtPlaceholders(text).map(({ text: part, isPlaceholder }, at) =>
    isPlaceholder ? (
      // Parts stand still: their place is their identity.
      <mark key={`${at} ${part}`} className={styles.gone} title={t('workspace.value_removed')}>
        {part}
      </mark>
    ) : (
      part
    ),
  )
}
