import { slot } from '@clew/i18n'
import { renderPage } from '../document.tsx'
import { Sentence } from '../layout.tsx'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { ContactSentView } from '../views.ts'

/** The case is stored: its number, and what happens next. */
export function renderContactSentPage(view: ContactSentView, site: Site): string {
  const { t, paths, locale } = site
  const title = t('site.sent_title')
  return renderPage({
    site,
    head: { title, description: title, noIndex: true },
    children: (
      <main id="main">
        <Strip class="verdictline" live rail={<b>{view.reference}</b>} knot={<Knot shape="tick" tone="ok" />}>
          <h1>{title}</h1>
          <p>
            <Sentence
              text={t('site.sent_reference', { reference: slot('reference') })}
              parts={{ reference: <b class="num">{view.reference}</b> }}
            />
          </p>
        </Strip>
        <Strip class="noticebody" knot={<Knot shape="ring" />}>
          <h2>{t('site.sent_next_title')}</h2>
          <p>{view.email ? t('site.sent_next_email', { email: view.email }) : t('site.sent_next')}</p>
          {site.supportHoursText && <p class="muted">{site.supportHoursText}</p>}
          <p class="btns">
            <a class="btn" href={paths.home(locale)}>
              {t('site.contents_all')}
            </a>
          </p>
        </Strip>
      </main>
    ),
  })
}
