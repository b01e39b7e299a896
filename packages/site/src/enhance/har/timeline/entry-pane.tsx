import type { EntryDetails } from '@clew/har'
import { isFailing, phaseLengths, phases, type WaterfallEntry, type WaterfallWords } from '@clew/har/waterfall'
import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Shape } from '../../../rail.tsx'
import { Marked } from '../marked.tsx'
import type { CleanCapture } from '../messages.ts'
import { usePage } from '../page.ts'
import { BodyText } from './body-text.tsx'
import type { Cursor } from './use-cursor.ts'

interface PaneProps {
  entry: WaterfallEntry
  result: CleanCapture
  words: WaterfallWords
  pane: RefObject<HTMLDivElement | null>
  cursor: Cursor
}

/** One request in full, as it stands in the clean copy. */
export function EntryPane({ entry, result, words, pane, cursor }: PaneProps) {
  const { t } = usePage()
  const details = useDetails(result, entry.index)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cursor.close()
  }
  return (
    <div
      ref={pane}
      class="entrypane"
      role="region"
      aria-label={t('har-page.entry_number', { entry: String(entry.index) })}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <PaneHead entry={entry} cursor={cursor} />
      <p class="mono entryaddress">
        <b>{entry.method}</b> <Marked text={`${entry.host}${entry.path}`} />
      </p>
      {entry.error !== undefined && <p class="mono major">{entry.error}</p>}
      <Why entry={entry} result={result} />
      <Times entry={entry} words={words} />
      {details === 'reading' && <p role="status">{t('har-page.entry_reading')}</p>}
      {details === undefined && <p role="status">{t('har-page.entry_unreadable')}</p>}
      {details !== undefined && details !== 'reading' && <Said details={details} words={words} />}
    </div>
  )
}

function useDetails(result: CleanCapture, index: number): EntryDetails | 'reading' | undefined {
  const { session } = usePage()
  const [details, setDetails] = useState<EntryDetails | 'reading' | undefined>('reading')
  useEffect(() => {
    let isCurrent = true
    void session.readDetails(result, index).then((read) => isCurrent && setDetails(read))
    return () => {
      isCurrent = false
    }
  }, [session, result, index])
  return details
}

function PaneHead({ entry, cursor }: Pick<PaneProps, 'entry' | 'cursor'>) {
  const { t } = usePage()
  const fails = isFailing(entry)
  return (
    <div class="panehead">
      <h3>{t('har-page.entry_number', { entry: String(entry.index) })}</h3>
      <span class={fails ? 'state major' : 'state ok'}>
        <Shape name={fails ? 'major' : 'ok'} /> {entry.status === 0 ? t('har-page.no_answer') : entry.status}
      </span>
      <span class="btns">
        <button type="button" class="btn" aria-label={t('har-page.entry_previous')} onClick={() => cursor.step(-1)}>
          ↑
        </button>
        <button type="button" class="btn" aria-label={t('har-page.entry_next')} onClick={() => cursor.step(1)}>
          ↓
        </button>
        <button type="button" class="btn" onClick={cursor.close}>
          {t('har-page.close')}
        </button>
      </span>
    </div>
  )
}

function Why({ entry, result }: Pick<PaneProps, 'entry' | 'result'>) {
  const { t } = usePage()
  const findings = result.findings.filter(({ entries }) => entries.includes(entry.index))
  if (findings.length === 0) return null
  return (
    <ul class="problemlist">
      {findings.map(({ rule, message }) => (
        <li key={rule}>{message.customer[t.locale]}</li>
      ))}
    </ul>
  )
}

function Times({ entry, words }: Pick<PaneProps, 'entry' | 'words'>) {
  const { t } = usePage()
  const lengths = phaseLengths(entry.timings)
  const happened = phases.map((phase, at) => ({ phase, ms: lengths[at] ?? 0 })).filter(({ ms }) => ms > 0)
  if (happened.length === 0) return null
  return (
    <Part name={t('har-page.part_time')}>
      <Pairs pairs={happened.map(({ phase, ms }) => [t(`har-page.phase_${phase}`), words.duration(ms)])} />
    </Part>
  )
}

function Said({ details: { request, response, messages }, words }: { details: EntryDetails; words: WaterfallWords }) {
  const { t } = usePage()
  return (
    <>
      <Part name={t('har-page.part_query')} count={request.query.length}>
        <Pairs pairs={request.query.map(({ name, value }) => [name, value])} />
      </Part>
      <Part name={t('har-page.part_sent')} count={request.headers.length}>
        <Pairs pairs={request.headers.map(({ name, value }) => [name, value])} />
      </Part>
      <Part name={t('har-page.part_cookies_sent')} count={request.cookies.length}>
        <Pairs pairs={request.cookies.map(({ name, value }) => [name, value])} />
      </Part>
      <Part name={t('har-page.part_form')} count={request.form.length}>
        <Pairs pairs={request.form.map(({ name, value, fileName }) => [name, fileName || value])} />
      </Part>
      {request.body !== undefined && request.body.text !== '' && (
        <Part name={t('har-page.part_body_sent')}>
          <BodyText body={request.body} words={words} />
        </Part>
      )}
      <Part name={t('har-page.part_got')} count={response.headers.length}>
        <Pairs pairs={response.headers.map(({ name, value }) => [name, value])} />
      </Part>
      <Part name={t('har-page.part_cookies_got')} count={response.cookies.length}>
        <Pairs pairs={response.cookies.map(({ name, value }) => [name, value])} />
      </Part>
      {response.body.text !== '' && (
        <Part name={t('har-page.part_body_got')}>
          <BodyText body={response.body} words={words} />
        </Part>
      )}
      <Part name={t('har-page.part_messages')} count={messages.length}>
        <Pairs pairs={messages.map(({ type, data }) => [type, data])} />
      </Part>
    </>
  )
}

interface PartProps {
  name: string
  /** Left out when there is none of it. */
  count?: number
  children: ComponentChildren
}

function Part({ name, count, children }: PartProps) {
  const { t } = usePage()
  if (count === 0) return null
  return (
    <section class="part">
      <h4>
        {name} {count !== undefined && <span class="muted num">{t.format.number(count)}</span>}
      </h4>
      {children}
    </section>
  )
}

type Pair = readonly [name: string, value: string]

function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <dl class="pairs">
      {pairs.map(([name, value], at) => (
        // The same name may come several times, each in its place.
        <div key={`${at} ${name}`}>
          <dt>{name}</dt>
          <dd>
            <Marked text={value === '' ? '–' : value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
