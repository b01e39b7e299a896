import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { Strip } from '../../rail.tsx'
import { Choices } from './choices.tsx'
import { DropZone } from './drop-zone.tsx'
import { Failed } from './failed.tsx'
import { FileList } from './file-list.tsx'
import { listenForFiles } from './files-of-page.ts'
import { type Page, PageProvider, usePage, useWatched } from './page.ts'
import { Report } from './report.tsx'
import type { Job } from './session.ts'
import { Working } from './working.tsx'

export function drawApp(root: HTMLElement, page: Page): void {
  render(
    <PageProvider value={page}>
      <App />
    </PageProvider>,
    root,
  )
}

/** Dropped, removed, read, yours to decide: each a stretch of the rail. */
function App() {
  const { session } = usePage()
  const { jobs, shown } = useWatched(session)
  const job = jobs.find(({ id }) => id === shown)
  const isBusy = jobs.length > 0
  useEffect(() => listenForFiles((files) => session.add(files)), [session])
  useEffect(() => {
    // The guide has done its work once there is a file; it stays one press away.
    const guide = document.querySelector<HTMLDetailsElement>('details[data-guide]')
    if (isBusy && guide !== null) guide.open = false
  }, [isBusy])
  return (
    <>
      <DropZone job={job} />
      <Choices job={job} />
      {jobs.length > 1 && <FileList jobs={jobs} shown={shown} />}
      {job !== undefined && <WorkOf key={job.id} job={job} />}
    </>
  )
}

function WorkOf({ job }: { job: Job }) {
  const { work } = job
  switch (work.step) {
    case 'waiting':
      return null
    case 'working':
      return <Working job={job} progress={work.progress} />
    case 'failed':
      return <Failed job={job} code={work.code} validation={work.validation} />
    case 'cancelled':
      return <Cancelled job={job} />
    case 'done':
      return <Report job={job} result={work.result} />
  }
}

function Cancelled({ job }: { job: Job }) {
  const { t, session } = usePage()
  return (
    <Strip class="stage" live rail={t('har-page.cancelled')}>
      <p role="status">{t('har-page.cancelled_text', { name: job.file.name })}</p>
      <p class="btns">
        <button type="button" class="btn" onClick={() => session.choose(job.choice)}>
          {t('har-page.clean_after_all')}
        </button>
      </p>
    </Strip>
  )
}
