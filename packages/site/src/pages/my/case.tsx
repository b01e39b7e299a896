import type { ComponentChildren } from 'preact'
import { timeOfDay, weekDay } from '../../dates.ts'
import { Knot, Strip } from '../../rail.tsx'
import type { Site } from '../../site.ts'
import type { MyCapture, MyCaseView, MyMessage } from '../../views.my.ts'
import { Alert, Csrf, Do, renderMyPage } from './frame.tsx'
import { caseReference, nextOf, stateOf } from './list.tsx'
import { Said } from './said.tsx'

/** One case from its first word to its last, and a place to write back. */
export function renderMyCasePage(view: MyCaseView, site: Site): string {
  const { t, paths, locale } = site
  const { line } = view
  return renderMyPage(site, {
    title: line.title,
    lede: stateOf(line, site),
    rail: <b>{caseReference(line)}</b>,
    translations: { en: paths.myCase('en', line.number), el: paths.myCase('el', line.number) },
    children: (
      <>
        {view.error && <Alert tone="major" text={t(`site.my_error_${view.error}`)} id="reply-error" />}
        <ol class="results" aria-label={t('site.my_transcript')}>
          {view.messages.map((message) => (
            <li key={message.id}>
              <Turn message={message} site={site} />
            </li>
          ))}
        </ol>
        {line.next && (
          <Strip class="noticebody" live={line.next.turn === 'team'} knot={<Knot shape="ring" />}>
            <p>{nextOf(line.next, site)}</p>
          </Strip>
        )}
        {view.captures.length > 0 && <Captures captures={view.captures} site={site} />}
        {line.status === 'resolved' && (
          <Strip as="section" class="noticebody" labelledBy="over" knot={<Knot shape="tick" tone="ok" />}>
            <h2 id="over">{t('site.my_resolved_title')}</h2>
            <p>{t('site.my_resolved_text')}</p>
            <div class="btns">
              <Do
                action={paths.myCase(locale, line.number, 'reopen')}
                token={view.csrfToken}
                label={t('site.my_reopen')}
              />
            </div>
          </Strip>
        )}
        <Reply view={view} site={site} />
      </>
    ),
  })
}

function Turn({ message, site }: { message: MyMessage; site: Site }) {
  const when = (
    <time dateTime={message.at.toISOString()}>
      {weekDay(site, message.at)} {timeOfDay(site, message.at)}
    </time>
  )
  if (message.event)
    return (
      <Strip class="turn event" live rail={when} knot={<Knot shape="dot" tone="pine" />}>
        <p class="muted">{site.t(`site.my_event_${message.event.type}`, { name: message.event.name })}</p>
      </Strip>
    )
  return (
    <Strip class={`turn by-${message.by}`} live rail={when} knot={<Knot shape="dot" tone="pine" />}>
      <p class="by">{whoOf(message, site)}</p>
      <Said text={message.body} />
      {message.steps && (
        <ol class="steps-said">
          {message.steps.map((step, index) => (
            <li key={index}>{step}</li>
          ))}
        </ol>
      )}
      {message.isMasked && <p class="why">{site.t('site.my_masked')}</p>}
      <Files message={message} site={site} />
    </Strip>
  )
}

/** A machine is marked as one, always. */
function whoOf({ by, name }: MyMessage, { t }: Site): ComponentChildren {
  if (by === 'contact') return <b>{t('site.my_by_you')}</b>
  if (by === 'assistant') return <b>{t('site.my_by_assistant')}</b>
  return <b>{name ?? t('site.my_by_team')}</b>
}

function Files({ message, site }: { message: MyMessage; site: Site }) {
  if (message.files.length === 0) return null
  return (
    <ul class="files">
      {message.files.map((file) => (
        <li key={file.href}>
          {file.check === undefined ? <a href={file.href}>{file.name}</a> : <b>{file.name}</b>}{' '}
          <span class="muted">
            {file.check === undefined ? sizeOf(file.sizeBytes, site) : site.t(`site.my_file_${file.check}`)}
          </span>
        </li>
      ))}
    </ul>
  )
}

const sizeOf = (bytes: number, { t }: Site): string =>
  bytes < 1_000_000
    ? t('site.kilobytes', { n: Math.max(1, Math.round(bytes / 1000)) })
    : t('site.megabytes', { n: t.format.number(bytes / 1_000_000, { maximumFractionDigits: 1 }) })

function Captures({ captures, site }: { captures: readonly MyCapture[]; site: Site }) {
  const { t } = site
  return (
    <Strip as="section" class="noticebody" labelledBy="captures" live knot={<Knot shape="dot" tone="pine" />}>
      <h2 id="captures">{t('site.my_captures')}</h2>
      {captures.map((capture) => (
        <div key={capture.id}>
          <p>
            <b>{capture.name}</b> <span class="muted">{t(`site.my_capture_${capture.state}`)}</span>
          </p>
          {capture.findings.length > 0 && (
            <ul class="files">
              {capture.findings.map((finding) => (
                <li key={finding}>{finding}</li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </Strip>
  )
}

function Reply({ view, site }: { view: MyCaseView; site: Site }) {
  const { t, paths, locale } = site
  return (
    <Strip class="case" knot={<Knot shape="ring" />}>
      <form class="field" method="post" action={paths.myCase(locale, view.line.number, 'reply')}>
        <Csrf token={view.csrfToken} />
        <label for="body">{t('site.my_reply')}</label>
        <p class="why" id="body-why">
          {t('site.my_reply_why')}
        </p>
        <textarea
          id="body"
          name="body"
          rows={5}
          required
          maxLength={20_000}
          aria-describedby={view.error ? 'body-why reply-error' : 'body-why'}
        >
          {view.draft ?? ''}
        </textarea>
        <p class="btns">
          <button class="btn main" type="submit">
            {t('site.my_reply_send')}
          </button>
          <a class="btn plain" href={paths.myCases(locale)}>
            {t('site.my_all')}
          </a>
        </p>
      </form>
    </Strip>
  )
}
