import { slot } from '@clew/i18n'
import { inEveryLocale, renderPage } from '../document.tsx'
import { Sentence } from '../layout.tsx'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { HarPageView } from '../views.ts'
import { CaptureGuide } from './capture-guide.tsx'

/** Makes a HAR safe and reads it, all on the reader's machine. The script draws the stages below the heading. */
export function renderHarPage(view: HarPageView, site: Site): string {
  const { t, paths, locale, assets } = site
  return renderPage({
    site,
    head: {
      title: t('site.har_title'),
      description: t('site.har_description'),
      path: paths.har(locale),
      translations: inEveryLocale(paths.har),
      scripts: ['har.js'],
      styles: ['har-page.css'],
    },
    children: (
      <main id="main">
        <Strip class="arthead" live rail={t('site.har_stays')} railWide>
          <h1>{t('site.har_title')}</h1>
          <p class="lede">{t('site.har_lede')}</p>
        </Strip>
        <noscript>
          <NoScript site={site} />
        </noscript>
        <div
          class="harapp"
          data-har
          data-worker={assets.url('har-worker.js')}
          data-offline={paths.harOffline(locale)}
          data-contact={paths.contact(locale)}
          data-articles={paths.article(locale, '')}
          data-locale={locale}
          data-operator={JSON.stringify(view)}
        />
        <CaptureGuide site={site} />
      </main>
    ),
  })
}

/** What can be done without a script: the command line, and reading on. */
function NoScript({ site: { t, paths, locale } }: { site: Site }) {
  const article = <a href={paths.article(locale, 'sanitise-and-share-a-har')}>{t('site.har_article')}</a>
  return (
    <Strip class="stage" knot={<Knot shape="partial" tone="partial" />}>
      <h2>{t('site.har_no_script_title')}</h2>
      <p>{t('site.har_no_script')}</p>
      <pre class="lines">npx clew har sanitize trace.har</pre>
      <p class="echo">
        <Sentence text={t('site.har_no_script_more', { article: slot('article') })} parts={{ article }} />
      </p>
    </Strip>
  )
}
