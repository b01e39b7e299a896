import { slot } from '@clew/i18n'
import type { ComponentChildren } from 'preact'
import { inEveryLocale, renderPage } from '../document.tsx'
import { Sentence } from '../layout.tsx'
import { Knot, Strip } from '../rail.tsx'
import { Seek } from '../seek.tsx'
import type { Site } from '../site.ts'
import type { ErrorView, FirstRunView, InsecureOriginView } from '../views.ts'

/** Says what happened, what it means, and what to do now. */
export function renderErrorPage(view: ErrorView, site: Site): string {
  const { t, paths, locale } = site
  const title = t(`site.error_${view.kind}_title`)
  const wait = view.retryAfterSeconds
  return notice(site, {
    title,
    lede: t(`site.error_${view.kind}_text`),
    translations: inEveryLocale(paths.home),
    bubble: true,
    children: (
      <>
        {wait !== undefined && <p>{t('site.error_retry_after', { seconds: wait })}</p>}
        {(view.kind === 'not_found' || view.kind === 'gone') && <Seek site={site} small />}
        {view.requestId && (
          <p class="echo">
            <Sentence
              text={t('site.error_request_id', { id: slot('id') })}
              parts={{ id: <code>{view.requestId}</code> }}
            />
          </p>
        )}
        <p class="btns">
          <a class="btn" href={paths.home(locale)}>
            {t('site.contents_all')}
          </a>
          <a class="btn plain" href={paths.contact(locale)}>
            {t('site.open_case')}
          </a>
        </p>
      </>
    ),
  })
}

/** Plain http on another address than localhost: sign-in and HAR work need TLS, so the page says how to get it. */
export function renderInsecureOriginPage(view: InsecureOriginView, site: Site): string {
  const { t } = site
  const secure = view.origin.replace(/^http:/, 'https:')
  return notice(site, {
    title: t('site.insecure_title'),
    lede: t('site.insecure_text', { origin: view.origin }),
    children: (
      <>
        <h2>{t('site.insecure_local_title')}</h2>
        <p>{t('site.insecure_local_text')}</p>
        <h2>{t('site.insecure_cert_title')}</h2>
        <p>{t('site.insecure_cert_text')}</p>
        <pre class="lines">{`CLEW_TLS_CERT=/etc/clew/fullchain.pem\nCLEW_TLS_KEY=/etc/clew/privkey.pem\nCLEW_BASE_URL=${secure}`}</pre>
        <h2>{t('site.insecure_proxy_title')}</h2>
        <p>{t('site.insecure_proxy_text')}</p>
        <pre class="lines">{'CLEW_TRUST_PROXY=1\nCLEW_BASE_URL=https://help.northlight.example'}</pre>
      </>
    ),
  })
}

/** Nobody owns the installation yet: the one-time link stands in the terminal, never on a page. */
export function renderFirstRunPage(view: FirstRunView, site: Site): string {
  const { t, paths, locale } = site
  return notice(site, {
    title: t('site.first_run_title'),
    lede: t('site.first_run_text'),
    children: (
      <>
        <p>{t('site.first_run_where')}</p>
        {view.command && (
          <>
            <p>{t('site.first_run_lost')}</p>
            <pre class="lines">{view.command}</pre>
          </>
        )}
        <p class="btns">
          <a class="btn" href={paths.home(locale)}>
            {t('site.first_run_look')}
          </a>
        </p>
      </>
    ),
  })
}

interface Notice {
  title: string
  lede: string
  translations?: ReturnType<typeof inEveryLocale>
  bubble?: boolean
  children: ComponentChildren
}

function notice(site: Site, { title, lede, translations, bubble = false, children }: Notice): string {
  return renderPage({
    site,
    head: { title, description: lede, noIndex: true, ...(translations && { translations }) },
    bubble,
    children: (
      <main id="main">
        <Strip class="arthead" live>
          <h1>{title}</h1>
          <p class="lede">{lede}</p>
        </Strip>
        <Strip class="noticebody" knot={<Knot shape="ring" />}>
          {children}
        </Strip>
      </main>
    ),
  })
}
