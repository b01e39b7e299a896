import { Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { SharedCaptureView, SharedFinding, SharedPasswordView, SharedPendingView } from '../views.ts'
import { Entries } from './shared-entries.tsx'
import { sharedPage, Until, type Words } from './shared-parts.tsx'

/** A capture for somebody outside, to look at: what was found in it, and its requests. Nothing here can be changed. */
export function renderSharedCapturePage(view: SharedCaptureView, site: Site, words: Words): string {
  const { t } = words
  return sharedPage(site, words, {
    title: view.name,
    lede: t('share.lede', { brand: site.brand.name, count: view.entryCount }),
    rail: t('share.view_only'),
    children: (
      <>
        <Strip as="section" labelledBy="found">
          <h2 id="found">{t('share.findings')}</h2>
          {view.findings.length === 0 && <p>{t('share.findings_none')}</p>}
          {view.findings.map((finding, index) => (
            <Finding key={index} finding={finding} words={words} />
          ))}
        </Strip>
        {view.isExpired ? (
          <Strip as="section" label={t('share.entries')}>
            <p>{t('share.expired')}</p>
          </Strip>
        ) : (
          <Requests view={view} words={words} />
        )}
        <Until
          expiresAt={view.expiresAt}
          download={view.downloadHref && { href: view.downloadHref, label: t('share.download') }}
          site={site}
          words={words}
        />
      </>
    ),
  })
}

/** It is there before it has been cleaned, and then shows nothing but its name. */
export function renderSharedPendingPage(view: SharedPendingView, site: Site, words: Words): string {
  const { t } = words
  return sharedPage(site, words, {
    title: view.name,
    lede: t('share.pending'),
    rail: t('share.view_only'),
    children: <Until expiresAt={view.expiresAt} site={site} words={words} />,
  })
}

/** Asks for the password of a link that has one. It works without any script. */
export function renderSharePasswordPage(view: SharedPasswordView, site: Site, words: Words): string {
  const { t } = words
  const problem = problemOf(view, words)
  return sharedPage(site, words, {
    title: t('share.password_title'),
    lede: t('share.password_lede'),
    rail: t('share.view_only'),
    children: (
      <Strip class="case">
        <form method="post" action={view.action}>
          <p class="field">
            <label for="password">{t('share.password')}</label>
            <input
              id="password"
              name="password"
              type="password"
              autocomplete="off"
              required
              aria-invalid={view.isWrong ? 'true' : undefined}
              aria-describedby={problem && 'wrong'}
            />
          </p>
          {problem && (
            <p id="wrong" class="alert major" role="alert">
              {problem}
            </p>
          )}
          <p class="btns">
            <button class="btn main" type="submit">
              {t('share.password_open')}
            </button>
          </p>
        </form>
      </Strip>
    ),
  })
}

function problemOf({ isWrong, waitSeconds }: SharedPasswordView, { t }: Words): string | undefined {
  if (waitSeconds !== undefined) return t('share.password_wait', { minutes: Math.ceil(waitSeconds / 60) })
  return isWrong ? t('share.password_wrong') : undefined
}

function Finding({ finding, words: { t } }: { finding: SharedFinding; words: Words }) {
  return (
    <div class="sharefinding">
      <p class="small muted">{t(`share.severity_${finding.severity}`)}</p>
      <p>{finding.message}</p>
      {finding.requestIds.map((id) => (
        <p key={id}>
          <code>{id}</code>
        </p>
      ))}
    </div>
  )
}

function Requests({ view, words }: { view: SharedCaptureView; words: Words }) {
  const { t } = words
  return (
    <Strip as="section" labelledBy="entries">
      <h2 id="entries">{t('share.entries')}</h2>
      {view.entries.length < view.entryCount && (
        <p class="muted">{t('share.entries_first', { shown: view.entries.length, count: view.entryCount })}</p>
      )}
      <Entries entries={view.entries} labelledBy="entries" words={words} />
    </Strip>
  )
}
