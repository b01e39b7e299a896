import { slot } from '@clew/i18n'
import { type CaseField, caseFields } from '@clew/intake/facts'
import { inEveryLocale, renderPage } from '../document.tsx'
import { Sentence } from '../layout.tsx'
import { Knot, Shape, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { ContactSentView } from '../views.contact.ts'

/** The case is stored: its number, what was masked in it, what would still help, and what happens next. */
export function renderContactSentPage(view: ContactSentView, site: Site): string {
  const { t, paths, locale } = site
  const title = t('site.sent_title')
  return renderPage({
    site,
    head: {
      title,
      description: title,
      noIndex: true,
      translations: inEveryLocale((other) => paths.contactSent(other, view)),
    },
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
        <Masked view={view} site={site} />
        <Strip as="section" class="noticebody" labelledBy="next" knot={<Knot shape="ring" />}>
          <h2 id="next">{t('site.sent_next_title')}</h2>
          <p>{t('site.sent_next')}</p>
          <Complete view={view} site={site} />
          <p>{t('site.sent_my')}</p>
          {site.supportHoursText && <p class="muted">{site.supportHoursText}</p>}
          <p class="btns">
            <a class="btn main" href={paths.myCases(locale)}>
              {t('site.header_my_cases')}
            </a>
            <a class="btn" href={paths.home(locale)}>
              {t('site.contents_all')}
            </a>
          </p>
        </Strip>
      </main>
    ),
  })
}

function Masked({ view, site }: { view: ContactSentView; site: Site }) {
  const { t } = site
  if (view.masked === undefined || view.masked.length === 0) return null
  return (
    <Strip class="case" live>
      <div class="alert partial" role="alert">
        <Shape name="partial" />
        <div>
          <strong>{t('site.sent_masked')}</strong>
          <ul>
            {view.masked.map((kind) => (
              <li key={kind}>{t(`site.masked_${kind}`)}</li>
            ))}
          </ul>
          <p>{t('site.sent_masked_rotate')}</p>
        </div>
      </div>
    </Strip>
  )
}

function Complete({ view: { score, next }, site: { t } }: { view: ContactSentView; site: Site }) {
  const category: CaseField | undefined = caseFields.find((field) => field === next)
  if (score === undefined) return null
  if (category === undefined) return <p>{t('site.sent_complete', { score })}</p>
  return <p>{t('site.sent_score', { score, field: t(`site.contact_category_${category}`) })}</p>
}
