import { useEffect, useRef, useState } from 'preact/hooks'
import { Knot, Strip } from '../../rail.tsx'
import { usePage, useWatched } from './page.ts'
import type { Job } from './session.ts'
import { writeDuration, writeSize } from './sizes.ts'

/** The place for a file. Choosing by keyboard, dropping and pasting do the same. */
export function DropZone({ job }: { job: Job | undefined }) {
  const { t, session } = usePage()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const onChoose = () => {
    session.add([...(input.current?.files ?? [])])
    if (input.current) input.current.value = ''
  }
  return (
    <Strip class="stage dropstage" live knot={<Knot shape="dot" tone="pine" />}>
      <div
        class={isOver ? 'drop over' : 'drop'}
        onDragOver={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
      >
        {job === undefined ? <Invitation /> : <FileFacts job={job} />}
        <span>
          <input
            ref={input}
            type="file"
            id="har-file"
            class="visually-hidden"
            accept=".har,.json,.gz,application/json,application/gzip"
            multiple
            onChange={onChoose}
          />
          <label class={job === undefined ? 'btn main' : 'btn'} for="har-file">
            {t(job === undefined ? 'har-page.choose' : 'har-page.choose_another')}
          </label>
        </span>
      </div>
      <Assurance />
    </Strip>
  )
}

/** Nothing is dropped with a finger. */
const isTouched = () => matchMedia('(hover: none) and (pointer: coarse)').matches

function Invitation() {
  const { t } = usePage()
  const [what, how] = isTouched()
    ? ([t('har-page.pick'), t('har-page.pick_how')] as const)
    : ([t('har-page.drop'), t('har-page.drop_or_paste')] as const)
  return (
    <span>
      <b>{what}</b>
      <br />
      <span class="muted">{how}</span>
    </span>
  )
}

function FileFacts({ job: { file, work } }: { job: Job }) {
  const { t } = usePage()
  const facts = [writeSize(file.size, t)]
  if (work.step === 'done') {
    const { report, exporter, startedAt, spanMs } = work.result
    facts.push(t('har-page.exchanges', { count: report.entries }))
    if (exporter !== '') facts.push(exporter.slice(0, 60))
    if (startedAt !== undefined) facts.push(t.format.date(startedAt, { dateStyle: 'medium', timeStyle: 'short' }))
    facts.push(writeDuration(spanMs, t))
  }
  return (
    <span>
      <b>{file.name}</b> <span class="muted">{facts.filter((fact) => fact !== '').join(' · ')}</span>
    </span>
  )
}

/** What is promised, and how to check it. */
function Assurance() {
  const { t, offline, requests } = usePage()
  const kept = useWatched(offline)
  const made = useWatched(requests)
  const isOnline = useIsOnline()
  return (
    <div class="echo">
      <p>
        {made === undefined ? t('har-page.never_leaves') : t('har-page.requests_made', { count: made })}{' '}
        {kept !== 'unsure' && (
          <span data-offline={kept}>{t(kept === 'ready' ? 'har-page.offline_ready' : 'har-page.offline_visit')}</span>
        )}
      </p>
      <p role="status">{!isOnline && t('har-page.offline_now')}</p>
      <details class="check">
        <summary>{t('har-page.check_it')}</summary>
        <ul class="plain">
          <li>{t('har-page.check_offline')}</li>
          <li>{t('har-page.check_network')}</li>
          <li>{t('har-page.check_policy')}</li>
        </ul>
      </details>
    </div>
  )
}

function useIsOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const ending = new AbortController()
    for (const change of ['online', 'offline'])
      addEventListener(change, () => setOnline(navigator.onLine), { signal: ending.signal })
    return () => ending.abort()
  }, [])
  return isOnline
}
