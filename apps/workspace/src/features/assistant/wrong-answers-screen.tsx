import type { Regression, RegressionRun } from '@clew/contract/assistant-learning'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { learningApi, regressionsQuery } from './api.ts'
import styles from './assistant.module.css'
import { Waiting } from './assistant-frame.tsx'
import { Failed } from './failed.tsx'
import { useLearningT } from './words.ts'

type Result = RegressionRun['results'][number]

/** Answers that somebody found wrong, to be run again after every change. */
export function WrongAnswersScreen() {
  const t = useLearningT()
  const { data, error, refetch } = useQuery(regressionsQuery)
  const run = useMutation({ mutationFn: learningApi.runRegressions })
  return (
    <>
      <RailRow as="header" className={sheet.head} margin={data && t.format.number(data.regressions.length)}>
        <h1>{t('learning.wrong_answers')}</h1>
        <p className={text.effect}>
          {data === undefined ? t('learning.loading') : t('learning.wrong_effect', { count: data.regressions.length })}
        </p>
        {data !== undefined && data.regressions.length > 0 && (
          <Ways mayExport={data.mayExport} isRunning={run.isPending} onRun={() => run.mutate()} />
        )}
        <RunResult error={run.error} results={run.data?.results} />
      </RailRow>
      {error !== null && <Failed error={error} onAgain={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && <Rows regressions={data.regressions} results={run.data?.results ?? []} />}
    </>
  )
}

function Rows({ regressions, results }: { regressions: readonly Regression[]; results: readonly Result[] }) {
  const t = useLearningT()
  if (regressions.length === 0)
    return (
      <RailRow className={sheet.part}>
        <p className={text.muted}>{t('learning.wrong_none')}</p>
      </RailRow>
    )
  return regressions.map((each) => (
    <RegressionRow key={each.id} regression={each} result={results.find(({ id }) => id === each.id)} />
  ))
}

function Ways({ mayExport, isRunning, onRun }: { mayExport: boolean; isRunning: boolean; onRun(): void }) {
  const t = useLearningT()
  return (
    <p className={styles.filters}>
      <button type="button" className={controls.main} disabled={isRunning} onClick={onRun}>
        {t(isRunning ? 'learning.running' : 'learning.run')}
      </button>
      {mayExport ? (
        <a className={controls.button} href={learningApi.regressionsUrl()} download>
          {t('learning.jsonl')}
        </a>
      ) : (
        <span className={text.muted}>{t('learning.owners_only')}</span>
      )}
    </p>
  )
}

function RunResult({ error, results }: { error: Error | null; results: readonly Result[] | undefined }) {
  const t = useLearningT()
  const workspace = useT()
  const passed = results?.filter((result) => result.passed).length ?? 0
  return (
    <p role="status">
      {error !== null && errorText(workspace, error)}
      {results !== undefined && t('learning.run_result', { passed, all: results.length })}
    </p>
  )
}

function RegressionRow({ regression, result }: { regression: Regression; result: Result | undefined }) {
  const t = useLearningT()
  const workspace = useT()
  const queryClient = useQueryClient()
  const drop = useMutation({
    mutationFn: () => learningApi.dropRegression(regression.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: regressionsQuery.queryKey }),
  })
  const { message, locale, conversationId, action, flow, article, notedBy, notedAt } = regression
  return (
    <RailRow as="section" className={sheet.part}>
      <h2 lang={locale}>
        <Link to="/c/$conversationId" params={{ conversationId }} className={styles.example}>
          {message}
        </Link>
      </h2>
      <p>{t('learning.wanted', { what: whatOf(t(`learning.action_${action}`), flow ?? article) })}</p>
      <p className={styles.counts}>{t('learning.noted_by', { name: notedBy, date: fullMoment(workspace, notedAt) })}</p>
      {result !== undefined && (
        <p className={styles.verdict}>
          {result.passed ? (
            <Status shape="ok" tone="ok">
              {t('learning.passed')}
            </Status>
          ) : (
            <Status shape="major" tone="major">
              {t('learning.still_wrong', {
                what: whatOf(t(`learning.action_${result.action}`), result.flow ?? result.articles[0] ?? null),
              })}
            </Status>
          )}
        </p>
      )}
      {drop.error !== null && <p role="alert">{errorText(workspace, drop.error)}</p>}
      <p className={styles.ways}>
        <button
          type="button"
          className={controls.link}
          disabled={drop.isPending}
          aria-label={t('learning.remove_of', { message: message.slice(0, 60) })}
          onClick={() => drop.mutate()}
        >
          {t('learning.remove')}
        </button>
      </p>
    </RailRow>
  )
}

const whatOf = (action: string, about: string | null): string => (about === null ? action : `${action} (${about})`)
