import type { Conversation } from '@clew/contract/conversations'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '../../app/i18n.tsx'
import { othersQuery } from '../../app/queries.ts'
import { shortMoment, useNow } from '../../app/times.ts'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { caseNumber } from './names.ts'
import styles from './others-card.module.css'

const shownAtFirst = 3

/** What else the same person has asked: nobody has to ask them, or look for it. */
export function OthersCard({ conversation: { id } }: { conversation: Conversation }) {
  const t = useT()
  const { data: others = [] } = useQuery(othersQuery(id))
  if (others.length === 0) return null
  const title = t('workspace.others_title', { count: others.length })
  return (
    <RailRow as="section" className={styles.block} margin={t('workspace.others')} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <ul>
        {others.slice(0, shownAtFirst).map((other) => (
          <Other key={other.id} conversation={other} />
        ))}
      </ul>
      {others.length > shownAtFirst && (
        <details>
          <summary>{t('workspace.others_more', { count: others.length - shownAtFirst })}</summary>
          <ul>
            {others.slice(shownAtFirst).map((other) => (
              <Other key={other.id} conversation={other} />
            ))}
          </ul>
        </details>
      )}
    </RailRow>
  )
}

function Other({ conversation }: { conversation: Conversation }) {
  const t = useT()
  const present = useNow()
  return (
    <li>
      <Link
        to="/c/$conversationId"
        params={{ conversationId: conversation.id }}
        search={({ view, tag }) => ({ view, tag })}
        lang={conversation.locale}
        className={styles.subject}
      >
        <MaskedText>{conversation.subject}</MaskedText>
      </Link>
      <span className={text.muted}>
        {caseNumber(conversation)} · {t(`workspace.others_${conversation.status}`)} ·{' '}
        {shortMoment(t, conversation.lastMessageAt, present)}
      </span>
    </li>
  )
}
