import { inEveryLocale, renderPage } from '../document.tsx'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'

/** The reader's own conversations. Only this browser holds the key to them, so a script fetches and draws them. */
export function renderMyCasesPage(site: Site): string {
  const { t, paths, locale } = site
  return renderPage({
    site,
    here: 'my-cases',
    head: {
      title: t('site.header_my_cases'),
      description: t('site.my_cases_lede'),
      path: paths.myCases(locale),
      translations: inEveryLocale(paths.myCases),
      noIndex: true,
      scripts: ['my-cases.js'],
    },
    children: (
      <main id="main">
        <Strip class="arthead" live>
          <h1>{t('site.header_my_cases')}</h1>
          <p class="lede">{t('site.my_cases_lede')}</p>
        </Strip>
        <noscript>
          <Strip class="noticebody" knot={<Knot shape="ring" />}>
            <p>{t('site.my_cases_no_script')}</p>
          </Strip>
        </noscript>
        <div
          data-my-cases={paths.api('widget/conversations')}
          data-contact={paths.contact(locale)}
          data-locale={locale}
          aria-live="polite"
        />
      </main>
    ),
  })
}
