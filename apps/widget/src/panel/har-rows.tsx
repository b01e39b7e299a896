import { nameOfSafeCopy } from '../files/har-file.ts'
import { maxAttachmentBytes } from '../files/limits.ts'
import { formatSize } from '../files/size.ts'
import type { SanitiseProgress, SanitiseResult } from '../har/protocol.ts'
import { usePanel } from './context.ts'
import { Findings } from './findings.tsx'
import { Byline, type Knot, Row } from './row.tsx'
import { SafeCopyWords, useSafeCopyWords, useWords } from './safe-copy-words.ts'
import { type HarFlow, maxCaptureBytes } from './state.ts'

const done: Knot = { kind: 'shape', shape: 'dot', tone: 'pine' }
const open: Knot = { kind: 'shape', shape: 'ring' }

/** HARs on their way to being safe: each read, cleaned, proven, then the person's to decide. */
export function HarRows() {
  const { state } = usePanel()
  const words = useSafeCopyWords()
  if (words === undefined) return null
  return (
    <SafeCopyWords.Provider value={words}>
      {state.hars.map(
        (flow, index) =>
          flow.step !== 'over' && <One key={flow.id} flow={flow} number={index + 1} total={state.hars.length} />,
      )}
    </SafeCopyWords.Provider>
  )
}

function One({ flow, number, total }: { flow: HarFlow; number: number; total: number }) {
  const { t } = usePanel()
  const words = useWords()
  return (
    <>
      <Row at={flow.startedAt} knot={{ kind: 'contact' }}>
        <Byline author={{ type: 'contact' }} />
        <div class="file">
          <b>{flow.file.name}</b>
          <span>{formatSize(t, flow.file.size)}</span>
        </div>
        {total > 1 && (
          <p class="note">
            {flow.step === 'working'
              ? words('safe-copy.working_on', { number, total })
              : words('safe-copy.which', { number, total })}
          </p>
        )}
      </Row>
      <HarStep flow={flow} />
    </>
  )
}

function HarStep({ flow }: { flow: HarFlow }) {
  const words = useWords()
  switch (flow.step) {
    case 'waiting':
      return <Waiting id={flow.id} />
    case 'working':
      return <Working progress={flow.progress} id={flow.id} />
    case 'decide':
      return <Decide result={flow.result} flow={flow} />
    case 'failed':
      return <Failed code={flow.code} flow={flow} />
    case 'over':
      return null
    case 'declined':
      return (
        <Row knot={done}>
          <p>{words('safe-copy.not_sent', { name: flow.file.name })}</p>
        </Row>
      )
  }
}

function Waiting({ id }: { id: string }) {
  const { t, actions } = usePanel()
  const words = useWords()
  return (
    <Row knot={open} isNext>
      <p class="later">{words('safe-copy.waits')}</p>
      <div class="choices">
        <button type="button" onClick={() => actions.har.stop(id)}>
          {t('widget.cancel')}
        </button>
      </div>
    </Row>
  )
}

function Working({ progress, id }: { progress: SanitiseProgress; id: string }) {
  const { actions } = usePanel()
  const words = useWords()
  const { stage, done: count, total, removed, share } = progress
  const isUnpacking = stage === 'unpacking'
  const isReading = isUnpacking || stage === 'reading'
  return (
    <>
      <Row knot={isReading ? open : done} isNext={isReading}>
        <p>
          <b>{words(isUnpacking ? 'safe-copy.unpacking' : 'safe-copy.reading')}</b>
        </p>
        {isUnpacking ? (
          <progress max={1} value={share} aria-label={words('safe-copy.unpacking')} />
        ) : (
          <p class="note">{words('safe-copy.read', { count: isReading ? count : total })}</p>
        )}
      </Row>
      <Row knot={stage === 'proving' ? done : open} isNext={stage !== 'proving'}>
        <p class={isReading ? 'later' : 'now'}>{words('safe-copy.cleaning')}</p>
        {!isReading && (
          <>
            <progress max={1} value={share} aria-label={words('safe-copy.progress_label')} />
            <p class="note">{words('safe-copy.progress', { done: count, total, removed })}</p>
          </>
        )}
      </Row>
      <Row knot={open} isNext>
        <p class={stage === 'proving' ? 'now' : 'later'}>{words('safe-copy.second_pass')}</p>
      </Row>
      <Row knot={open} isNext>
        <p class="later">{words('safe-copy.decide')}</p>
      </Row>
      <Row isNext>
        <p class="say">{words('safe-copy.nothing_sent')}</p>
        <div class="choices">
          <button type="button" onClick={() => actions.har.stop(id)}>
            {words('safe-copy.stop')}
          </button>
        </div>
      </Row>
    </>
  )
}

function Decide({ result, flow }: { result: SanitiseResult; flow: HarFlow }) {
  const { t, actions, state } = usePanel()
  const words = useWords()
  const { report, safe, findings } = result
  const size = formatSize(t, safe.size)
  const limit = maxCaptureBytes(state)
  const isTooLarge = safe.size > limit
  const compressed = report.warnings.filter(({ code }) => code === 'body.compressed').length
  return (
    <>
      <Row knot={done} isLong>
        <p class="big">
          <b>{words('safe-copy.removed_total', { count: report.removedTotal })}</b>
          <br />
          {report.entriesDropped > 0 && words('safe-copy.left_dropped', { count: report.entriesDropped })}
          {report.entriesDropped === 0 && report.removedTotal > 0 && words('safe-copy.left_none')}
        </p>
        <RemovedTable removed={report.removed} />
        <p class="note">{words('safe-copy.kept')}</p>
        {compressed > 0 && <p class="note">{words('safe-copy.compressed', { count: compressed })}</p>}
        <Changes result={result} />
      </Row>
      <Findings findings={findings} />
      <Row isNext>
        <p class="say">{words('safe-copy.nothing_sent')}</p>
        {isTooLarge && <p>{words('safe-copy.too_large', { size, limit: formatSize(t, limit) })}</p>}
        {!isTooLarge && safe.size > maxAttachmentBytes && <p class="note">{words('safe-copy.large')}</p>}
        <div class="choices">
          {isTooLarge ? (
            <button type="button" class="main" onClick={() => save(safe, flow.file.name)}>
              {words('safe-copy.save_copy')}
            </button>
          ) : (
            <button type="button" class="main" onClick={() => void actions.har.send(flow.id)}>
              {words('safe-copy.send', { size })}
            </button>
          )}
          <button type="button" onClick={() => actions.har.decline(flow.id)}>
            {words('safe-copy.dont_send')}
          </button>
        </div>
      </Row>
    </>
  )
}

function RemovedTable({ removed }: { removed: SanitiseResult['report']['removed'] }) {
  const words = useWords()
  if (removed.length === 0) return null
  return (
    <table>
      <caption class="hidden">{words('safe-copy.table')}</caption>
      <tbody>
        {removed.map(({ kind, count }) => (
          <tr key={kind}>
            <th scope="row">{words(`safe-copy.removed_${kind}`)}</th>
            <td>{words.format.number(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Where something was taken out and what stands there now; never what it was. */
function Changes({ result }: { result: SanitiseResult }) {
  const words = useWords()
  const { examples } = result.report
  if (examples.length === 0) return null
  return (
    <details>
      <summary>{words('safe-copy.see_changes')}</summary>
      <ul class="changes">
        {examples.slice(0, 60).map(({ where, replacement }, index) => (
          <li key={`${where} ${index}`}>
            <code>{where}</code>
            <code>{replacement}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}

const sentences: Readonly<Record<string, FailedSentence>> = {
  'har.empty': 'safe-copy.empty',
  'har.not_har': 'safe-copy.not_a_har',
  'har.not_json': 'safe-copy.not_a_har',
  'gzip.damaged': 'safe-copy.gzip_damaged',
  'gzip.too_large': 'safe-copy.gzip_too_large',
  'gzip.unsupported': 'safe-copy.gzip_unsupported',
  'zip.not_unpacked': 'safe-copy.zip',
}
type FailedSentence = `safe-copy.${'empty' | 'not_a_har' | 'zip' | `gzip_${'damaged' | 'too_large' | 'unsupported'}`}`

function Failed({ code, flow }: { code: string; flow: HarFlow }) {
  const { t, actions, base } = usePanel()
  const words = useWords()
  const { name } = flow.file
  const text = words(sentences[code] ?? 'safe-copy.failed', { name })
  return (
    <Row knot={{ kind: 'shape', shape: 'partial', tone: 'partial' }}>
      <p>
        {text} <b>{words('safe-copy.nothing_sent')}</b>
      </p>
      <p>
        <a href={`${base}${t.locale}/har#record`} target="_blank" rel="noopener">
          {words('safe-copy.guide')}
        </a>
      </p>
      <div class="choices">
        <button type="button" onClick={() => actions.har.dismiss(flow.id)}>
          {t('widget.discard')}
        </button>
      </div>
    </Row>
  )
}

function save(safe: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(safe)
  link.download = nameOfSafeCopy(name).replace(/(\.har)?$/i, '.safe.har')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
