import type { Conversation } from '@clew/contract/conversations'
import { Link } from '@tanstack/react-router'
import { erased } from '../../app/erased.ts'
import { errorText, isNotFound, requestIdOf } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useStore } from '../../app/store.ts'
import { longSpan, timeOfDay, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import { knotClass, ledgerClass, markClass, RailRow } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { useDraft } from './draft-store.ts'
import { caseNumber } from './names.ts'
import styles from './thread-states.module.css'
import type { Standing } from './use-queue.ts'

const boneEntries = [
  [18, 86, 78, 52],
  [14, 92, 66],
  [22, 82, 90, 36],
]

/** Keeps the words that the list already knew; bones stand only for what is unknown. */
export function ThreadLoading({ known }: { known: Conversation | undefined }) {
  const t = useT()
  return (
    <div className={cx(ledgerClass, styles.fill)} aria-busy="true">
      <RailRow
        as="header"
        className={styles.head}
        margin={known && <span className={text.mono}>{caseNumber(known)}</span>}
      >
        <h1 lang={known?.locale}>
          <MaskedText>{known?.subject ?? t('workspace.loading')}</MaskedText>
        </h1>
        {known !== undefined && <p className={cx(text.small, text.muted)}>{t('workspace.loading_thread')}</p>}
      </RailRow>
      {boneEntries.map((widths) => (
        <RailRow key={widths.join()} className={styles.bones} margin={<span className={cx(markClass, styles.ring)} />}>
          <Bones widths={widths} />
        </RailRow>
      ))}
    </div>
  )
}

export function ThreadFailed({ id, error, onRetry }: { id: string; error: unknown; onRetry(): void }) {
  const t = useT()
  const present = useNow()
  const { savedAt } = useDraft(id)
  const requestId = requestIdOf(error)
  const missing = isNotFound(error)
  const heading = missing ? t('workspace.thread_missing') : t('workspace.thread_failed')
  const wasErased = useStore(erased).has(id)
  return (
    <div className={cx(ledgerClass, styles.fill, styles.open)} role="alert">
      <RailRow
        margin={
          <>
            <time>{timeOfDay(t, present)}</time>
            <span className={knotClass} />
          </>
        }
      >
        <h1 className={styles.big}>{wasErased ? t('workspace.thread_erased') : heading}</h1>
        <p className={text.effect}>
          {wasErased ? t('workspace.thread_erased_text') : errorText(t, error)}{' '}
          {savedAt !== undefined && t('workspace.draft_is_safe', { at: timeOfDay(t, savedAt) })}
        </p>
        <div className={styles.choices}>
          {!missing && (
            <button type="button" className={controls.main} onClick={onRetry}>
              {t('workspace.open_again')}
            </button>
          )}
          <Link to="/" search={(before) => before} className={controls.button}>
            {t('workspace.back_to_queue')}
          </Link>
        </div>
      </RailRow>
      {requestId !== undefined && !wasErased && (
        <RailRow margin={t('workspace.for_us')} className={styles.part}>
          <CopyButton value={requestId} label={t('workspace.copy_value', { value: requestId })} />
          <p className={cx(text.small, text.muted)}>{t('workspace.request_id_helps')}</p>
        </RailRow>
      )}
    </div>
  )
}

type NothingOpenProps = { standing: Standing | undefined; onTake(conversation: Conversation): void }

/** No conversation is open: says how things stand, and offers the next useful one. */
export function NothingOpen({ standing, onTake }: NothingOpenProps) {
  const t = useT()
  const present = useNow()
  if (standing === undefined) return null
  const { counts, toAnswer } = standing
  const [oldest] = standing.waiting
  return (
    <div className={cx(ledgerClass, styles.fill, styles.open)}>
      <RailRow
        margin={
          <>
            <time>{timeOfDay(t, present)}</time>
            <Mark by="assistant" className={markClass} />
          </>
        }
      >
        <h2 className={styles.big}>
          {toAnswer.length === 0 ? t('workspace.all_answered') : t('workspace.to_answer', { count: toAnswer.length })}
        </h2>
        <p className={text.effect}>{t('workspace.standing', { assistant: counts.with_assistant })}</p>
      </RailRow>
      <RailRow margin={t('workspace.team')} className={styles.part}>
        {oldest === undefined ? (
          <p>{t('workspace.nobody_waits')}</p>
        ) : (
          <>
            <p>
              {t('workspace.oldest_waits', {
                count: counts.unassigned,
                span: longSpan(t, present - Date.parse(oldest.waitingSince ?? oldest.lastMessageAt)),
              })}{' '}
              <Link
                to="/c/$conversationId"
                params={{ conversationId: oldest.id }}
                search={(before) => before}
                lang={oldest.locale}
              >
                <MaskedText>{oldest.subject}</MaskedText>
              </Link>
            </p>
            <div className={styles.choices}>
              <button type="button" className={controls.main} onClick={() => onTake(oldest)}>
                {t('workspace.take_oldest')} <kbd>Shift A</kbd>
              </button>
            </div>
          </>
        )}
      </RailRow>
    </div>
  )
}
