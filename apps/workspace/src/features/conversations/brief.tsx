import type { ConversationState } from '@clew/client/conversation-state'
import { Link } from '@tanstack/react-router'
import { useT } from '../../app/i18n.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import styles from './brief.module.css'
import { briefOf, stepsByOutcome } from './brief-model.ts'

/** What the machine already knows, pinned above the timeline. Lines without an answer are left out. */
export function Brief({ state }: { state: ConversationState }) {
  const t = useT()
  const { cause, tried } = briefOf(state)
  if (cause === undefined && tried === undefined) return null
  const entry = cause?.finding.entries[0]
  return (
    <RailRow
      as="section"
      className={styles.brief}
      bodyClass={styles.body}
      margin={t('workspace.brief')}
      aria-label={t('workspace.brief')}
    >
      <dl className={styles.lines}>
        {cause !== undefined && (
          <>
            <dt>{t('workspace.brief_cause')}</dt>
            <dd>
              {cause.finding.message.agent[t.locale]}{' '}
              {entry !== undefined && (
                <Link
                  to="/c/$conversationId/har/$captureId"
                  params={{ conversationId: state.conversation.id, captureId: cause.capture.id }}
                  search={(before) => ({ view: before.view, entry })}
                >
                  {t('workspace.entry_number', { entry: String(entry) })}
                </Link>
              )}
            </dd>
          </>
        )}
        {tried !== undefined && (
          <>
            <dt>{t('workspace.brief_tried')}</dt>
            <dd>
              {stepsByOutcome(tried)
                .map(({ outcome, titles }) =>
                  t('workspace.brief_outcome', {
                    outcome: t(`workspace.brief_${outcome}`),
                    titles: titles.join(' · '),
                  }),
                )
                .join(' ')}
            </dd>
          </>
        )}
      </dl>
    </RailRow>
  )
}
