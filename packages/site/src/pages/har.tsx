import { inEveryLocale, renderPage } from '../document.tsx'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'

/** Makes a HAR safe and reads it, all on the reader's machine. The script draws the stages below the drop zone. */
export function renderHarPage(site: Site): string {
  const { t, paths, locale, assets } = site
  return renderPage({
    site,
    head: {
      title: t('site.har_title'),
      description: t('site.har_description'),
      path: paths.har(locale),
      translations: inEveryLocale(paths.har),
      scripts: ['har.js'],
    },
    children: (
      <main id="main">
        <Strip class="arthead" live rail={t('site.har_stays')} railWide>
          <h1>{t('site.har_title')}</h1>
          <p class="lede">{t('site.har_lede')}</p>
        </Strip>
        <noscript>
          <Strip class="stage" knot={<Knot shape="partial" tone="partial" />}>
            <h2>{t('site.har_no_script_title')}</h2>
            <p>{t('site.har_no_script')}</p>
            <pre class="lines">npx clew har sanitize trace.har</pre>
          </Strip>
        </noscript>
        <div
          data-har
          data-worker={assets.url('har-worker.js')}
          data-contact={paths.contact(locale)}
          data-locale={locale}
          hidden
        />
        <Strip as="section" class="stage" labelledBy="record" knot={<Knot shape="ring" />}>
          <h2 id="record">{t('site.har_record_title')}</h2>
          <ol class="plainsteps">
            {recordingSteps.map((step) => (
              <li key={step}>{t(`site.har_record_${step}`)}</li>
            ))}
          </ol>
          <p class="echo">{t('site.har_desktop')}</p>
        </Strip>
      </main>
    ),
  })
}

const recordingSteps = ['open', 'network', 'preserve', 'clear', 'reload', 'reproduce', 'export'] as const
