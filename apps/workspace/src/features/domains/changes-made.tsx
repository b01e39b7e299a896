import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { now } from '../../app/clock.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { shortMoment } from '../../app/times.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { changesQuery, domainsApi } from './api.ts'
import styles from './domains.module.css'
import { useDomainsT } from './words.ts'

/** Moves that were made, and the way back as long as the old addresses find their members. */
export function ChangesMade({ mayUndo }: { mayUndo: boolean }) {
  const t = useDomainsT()
  const words = useT()
  const queryClient = useQueryClient()
  const { data } = useQuery(changesQuery)
  const undo = useMutation({
    mutationFn: domainsApi.undo,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['domains'] })
      showToast({ text: t('console-domains.undone') })
    },
    onError: (error) => showToast({ text: errorText(words, error), tone: 'problem' }),
  })
  if (data === undefined || data.changes.length === 0) return null
  return (
    <section className={styles.part} aria-label={t('console-domains.changes')}>
      <RailRow className={styles.title}>
        <h2>{t('console-domains.changes')}</h2>
      </RailRow>
      <ul>
        {data.changes.map((change) => (
          <RailRow
            as="li"
            key={change.id}
            className={styles.line}
            margin={<time dateTime={change.appliedAt}>{shortMoment(words, change.appliedAt, now())}</time>}
          >
            <div className={styles.head}>
              <b>{t('console-domains.change_line', { from: change.from, to: change.to })}</b>
              {mayUndo && change.undoneAt === undefined && Date.parse(change.endsAt) > now() && (
                <span className={styles.push}>
                  <button
                    type="button"
                    className={controls.button}
                    disabled={undo.isPending}
                    onClick={() => undo.mutate(change.id)}
                  >
                    {t('console-domains.undo')}
                  </button>
                </span>
              )}
            </div>
            <p className={styles.sentence}>
              {t(change.undoneAt === undefined ? 'console-domains.change_done' : 'console-domains.change_undone', {
                moved: change.moved,
                invited: change.invited,
                name: change.appliedBy?.name ?? '–',
                end: words.format.date(change.endsAt, { day: 'numeric', month: 'long' }),
              })}
            </p>
          </RailRow>
        ))}
      </ul>
    </section>
  )
}
