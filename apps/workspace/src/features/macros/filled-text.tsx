import { findGap } from '@clew/client/macro-text'
import styles from './macros.module.css'

/** A body as it is put into the reply; what is still to be filled in is marked. */
export function FilledText({ children, locale }: { children: string; locale: string }) {
  return (
    <p className={styles.filled} lang={locale}>
      {pieces(children).map(({ text, isGap, at }) => (isGap ? <mark key={at}>{text}</mark> : text))}
    </p>
  )
}

type Piece = { text: string; isGap: boolean; at: number }

function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let at = 0
  for (let gap = findGap(text); gap !== undefined; gap = findGap(text.slice(at))) {
    const start = at
    found.push({ text: text.slice(start, start + gap.start), isGap: false, at: start })
    at = start + gap.end
    found.push({ text: text.slice(start + gap.start, at), isGap: true, at: start + gap.start })
  }
  return [...found, { text: text.slice(at), isGap: false, at }]
}
