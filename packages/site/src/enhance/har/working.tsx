import { Knot, Strip } from '../../rail.tsx'
import type { CleaningProgress } from './messages.ts'
import { usePage } from './page.ts'
import type { Job } from './session.ts'
import { writeSize } from './sizes.ts'

/** How far it is, in bytes and exchanges. Stopping is one press away. */
export function Working({ job, progress }: { job: Job; progress: CleaningProgress | undefined }) {
  const { t, session } = usePage()
  const stage = progress?.stage ?? 'check'
  return (
    <Strip class="stage grows" knot={<Knot shape="ring" />} rail={t('har-page.working_rail')}>
      <h2>{t(`har-page.stage_${stage}`)}</h2>
      <progress max={1} value={progress?.share ?? 0} aria-label={t('har-page.progress', { name: job.file.name })} />
      {progress !== undefined && (
        <p class="echo num">
          {t('har-page.progress_bytes', {
            done: writeSize(progress.bytesDone, t),
            total: writeSize(progress.bytesTotal, t),
          })}
          {stage !== 'unpack' && ` · ${t('har-page.exchanges', { count: progress.entriesDone })}`}
          {progress.removed > 0 && ` · ${t('har-page.removed_count', { count: progress.removed })}`}
        </p>
      )}
      <p class="btns">
        <button type="button" class="btn" onClick={() => session.cancel(job.id)}>
          {t('har-page.cancel')}
        </button>
      </p>
      <p class="visually-hidden" role="status">
        {t(`har-page.stage_${stage}`)}
      </p>
    </Strip>
  )
}
