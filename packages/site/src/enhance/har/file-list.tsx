import { Strip } from '../../rail.tsx'
import { usePage } from './page.ts'
import type { Job } from './session.ts'
import { writeSize } from './sizes.ts'

/** Several files in a row: which are done, and whose report is open. */
export function FileList({ jobs, shown }: { jobs: readonly Job[]; shown: number | undefined }) {
  const { t, session } = usePage()
  return (
    <Strip class="stage" live rail={t('har-page.files_rail')} as="section" label={t('har-page.files')}>
      <ul class="jobs">
        {jobs.map((job) => (
          <li key={job.id}>
            <button
              type="button"
              class="jobname"
              aria-current={job.id === shown ? 'true' : undefined}
              onClick={() => session.show(job.id)}
            >
              <b>{job.file.name}</b> <span class="muted">{writeSize(job.file.size, t)}</span>
            </button>
            <span class="jobstate">{stateOf(job, t)}</span>
          </li>
        ))}
      </ul>
      <p class="btns">
        <button type="button" class="btn plain" onClick={() => session.startOver()}>
          {t('har-page.start_over')}
        </button>
      </p>
    </Strip>
  )
}

function stateOf({ work }: Job, t: ReturnType<typeof usePage>['t']): string {
  if (work.step === 'done') return t('har-page.removed_count', { count: work.result.report.removedTotal })
  if (work.step === 'working')
    return t.format.number(work.progress?.share ?? 0, { style: 'percent', maximumFractionDigits: 0 })
  return t(`har-page.job_${work.step}`)
}
