import type { SharedCaptureView, SharedEntry } from '../views.ts'
import { Breakable, type Words } from './shared-parts.tsx'

// Some four lines of a phone; what is longer leaves its middle out there.
const longestOnPhone = 150
const kept = { beginning: 80, end: 60 }

/**
 * The requests of a capture, in order. A phone lays each row out as two lines, and a browser that is told to lay a table
 * out as something else may no longer call it a table: so the roles are written down.
 */
export function Entries({ entries, labelledBy, words }: EntriesProps) {
  return (
    <table class="shareentries" role="table" aria-labelledby={labelledBy}>
      <thead role="rowgroup">
        <tr role="row">
          {(['number', 'request', 'status', 'size', 'time'] as const).map((name) => (
            <th key={name} scope="col" role="columnheader">
              {words.t(`share.column_${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map((entry) => (
          <Entry key={entry.index} entry={entry} words={words} />
        ))}
      </tbody>
    </table>
  )
}

type EntriesProps = { entries: SharedCaptureView['entries']; labelledBy: string; words: Words }

function Entry({ entry, words: { t } }: { entry: SharedEntry; words: Words }) {
  const { index, method, host, path, status, error } = entry
  const failed = error !== undefined || status === 0 || status >= 400
  return (
    <tr role="row">
      <td role="cell" class="number">
        <span aria-hidden="true">{t('share.column_number')} </span>
        {index}
      </td>
      <td role="cell" class="request">
        <code>
          <b>{method}</b> <span class="host">{host}</span>
          <Path path={path} />
        </code>
      </td>
      <td role="cell" class={failed ? 'failed' : undefined}>
        {error ?? (status === 0 ? t('share.no_answer') : String(status))}
      </td>
      <td role="cell">{t('share.kilobytes', { n: t.format.number(Math.ceil(entry.sizeBytes / 1000)) })}</td>
      <td role="cell">{t('share.milliseconds', { n: t.format.number(Math.round(entry.totalMs)) })}</td>
    </tr>
  )
}

/** The whole path. Of a long one a phone shows the beginning and the end, which tells what was asked for. */
function Path({ path }: { path: string }) {
  if (path.length <= longestOnPhone) return <Breakable text={path} at={IN_PATH} />
  const { beginning, end } = endsOf(path)
  return (
    <>
      <Breakable text={path.slice(0, beginning)} at={IN_PATH} />
      <span class="middle">
        <Breakable text={path.slice(beginning, end)} at={IN_PATH} />
      </span>
      <span class="leftout">…</span>
      <Breakable text={path.slice(end)} at={IN_PATH} />
    </>
  )
}

/** Where the middle begins and where it ends: between two parts of the path, if there is such a place nearby. */
function endsOf(path: string): { beginning: number; end: number } {
  const end = path.length - kept.end
  const whole = path.slice(0, kept.beginning).search(/((?<=\/)|[?&;])[^/?&;]*$/)
  const next = path.slice(end).search(/[/?&;]/)
  return { beginning: whole > 0 ? whole : kept.beginning, end: next < 0 || next > kept.end / 2 ? end : end + next }
}

/** After a slash, or before what separates the parts of a query. */
const IN_PATH = /(?<=\/)|(?=[?&;])/
