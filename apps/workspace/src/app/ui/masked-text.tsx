import { Fragment } from 'react'
import { useT } from '../i18n.tsx'
import { aroundMasks } from '../masks.ts'
import styles from './masked-text.module.css'

/** What a person wrote, with a mark in the reader's language wherever a secret was hidden before storing. */
export function MaskedText({ children }: { children: string }) {
  const t = useT()
  return aroundMasks(children).map(({ words, hidden }, at) => (
    // The text never changes, so a part is its place.
    <Fragment key={`${at} ${words.length}`}>
      {words}
      {hidden !== undefined && (
        <span className={styles.hidden} lang={t.locale}>
          {t(`workspace.hidden_${hidden}`)}
        </span>
      )}
    </Fragment>
  ))
}
