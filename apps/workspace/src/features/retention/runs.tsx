import type { DryRun } from '@clew/contract/retention'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { dryRun, runNow, runsQuery } from './api.ts'
import styles from './retention.module.css'
import { RunLine } from './run-line.tsx'
import { useRetentionT } from './words.ts'

/** What each run deleted and kept, with its certificate. */
export function Runs({ mayRun }: { mayRun: boolean }) {
  const t = useRetentionT()
  const shell = useT()
  const queries = useQueryClient()
  const { data, error } = useQuery(runsQuery)
  const fail = (cause: Error) => showToast({ tone: 'problem', text: errorText(shell, cause) })
  const attempt = useMutation({ mutationFn: dryRun, onError: fail })
  const run = useMutation({
    mutationFn: runNow,
    onSuccess: () => showToast({ text: t('console-retention.run_begun') }),
    onError: fail,
    onSettled: () => queries.invalidateQueries({ queryKey: ['retention'] }),
  })
  return (
    <>
      <RailRow as="section" className={sheet.part} aria-labelledby="runs-title">
        <h2 id="runs-title">{t('console-retention.runs')}</h2>
        {error !== null && <p role="alert">{errorText(shell, error)}</p>}
        {data?.runs.length === 0 && <p className={controls.hint}>{t('console-retention.no_runs')}</p>}
      </RailRow>
      {data?.runs.map((each) => (
        <RunLine key={each.id} run={each} />
      ))}
      <RailRow className={sheet.part}>
        {mayRun && (
          <div className={styles.cluster}>
            <button
              type="button"
              className={controls.button}
              disabled={attempt.isPending}
              onClick={() => attempt.mutate()}
            >
              {t('console-retention.dry_run')}
            </button>
            <button type="button" className={controls.button} disabled={run.isPending} onClick={() => run.mutate()}>
              {t('console-retention.run_now')}
            </button>
          </div>
        )}
        <p className={controls.hint}>{t('console-retention.certificate_hint')}</p>
        <div aria-live="polite">{attempt.data && <Attempt found={attempt.data} />}</div>
      </RailRow>
    </>
  )
}

function Attempt({ found }: { found: DryRun }) {
  const t = useRetentionT()
  const some = found.classes.filter(({ goes, stays }) => goes.count + stays.count > 0)
  if (some.length === 0) return <p>{t('console-retention.dry_nothing')}</p>
  return (
    <>
      <p>{t('console-retention.dry_title')}</p>
      <ul>
        {some.map((each) => (
          <li key={each.class}>
            {t('console-retention.dry_line', {
              kind: t(`console-retention.kind_${each.class}`),
              count: each.goes.count,
              held: each.stays.count,
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
