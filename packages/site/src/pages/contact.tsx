import { inEveryLocale, renderPage } from '../document.tsx'
import { Shape, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import { type ContactField, type ContactView, contactFields } from '../views.ts'
import { ContactFields } from './contact-fields.tsx'

/** The case as a plain form. It works without any script; scripts only offer to fill in what the browser knows. */
export function renderContactPage(view: ContactView, site: Site): string {
  const { t, paths, locale } = site
  const title = t('site.contact_title')
  const hasErrors = errorFields(view).length > 0 || view.problem !== undefined
  return renderPage({
    site,
    head: {
      title: hasErrors ? t('site.contact_title_error', { title }) : title,
      description: t('site.contact_description', { brand: site.brand.name }),
      path: paths.contact(locale),
      translations: inEveryLocale(paths.contact),
      scripts: ['contact.js'],
    },
    children: (
      <main id="main">
        <form class="contact" method="post" action={paths.contact(locale)} noValidate data-contact>
          <input type="hidden" name="csrf" value={view.csrfToken} />
          <Strip class="arthead" live rail={t('site.contact_minutes')}>
            <h1>{title}</h1>
            <p class="lede">{t('site.contact_lede')}</p>
          </Strip>
          {hasErrors && <ErrorSummary view={view} site={site} />}
          <Known view={view} site={site} />
          <ContactFields view={view} site={site} />
          <Strip class="send">
            <div class="sendin">
              <p class="btns">
                <button class="btn main" type="submit">
                  {t('site.contact_send')}
                </button>
              </p>
              <p class="echo">
                {t('site.contact_after')}
                {site.supportHoursText && ` ${site.supportHoursText}`}
              </p>
            </div>
          </Strip>
        </form>
      </main>
    ),
  })
}

const errorFields = (view: ContactView): ContactField[] =>
  contactFields.filter((field) => view.errors?.[field] !== undefined)

function ErrorSummary({ view, site }: { view: ContactView; site: Site }) {
  const { t } = site
  const fields = errorFields(view)
  return (
    <Strip class="case" live>
      <div class="alert major" role="alert" tabIndex={-1} data-focus>
        <Shape name="major" />
        <div>
          <strong>{view.problem ? t(`site.contact_problem_${view.problem}`) : t('site.contact_not_sent')}</strong>
          {fields.length > 0 && (
            <ul>
              {fields.map((field) => (
                <li key={field}>
                  <a href={`#${field}`}>{t(`site.contact_field_${field}`)}</a>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Strip>
  )
}

/** What came along with the link, so that it is not asked again. */
function Known({ view, site }: { view: ContactView; site: Site }) {
  const { t, paths, locale } = site
  const { article, searchedFor } = view
  if (article === undefined && searchedFor === undefined) return null
  return (
    <Strip class="case" live rail={t('site.contact_from_visit')} knot={<KnownKnot />}>
      <div class="field">
        <p class="label">{t('site.contact_known')}</p>
        <dl class="known">
          {article && (
            <>
              <dt>{t('site.known_article')}</dt>
              <dd>
                <a href={paths.article(locale, article.slug)}>{article.title}</a>
                <input type="hidden" name="article" value={article.slug} />
              </dd>
            </>
          )}
          {article && article.tried.length > 0 && (
            <>
              <dt>{t('site.known_tried')}</dt>
              <dd>
                <ul>
                  {article.tried.map((step) => (
                    <li key={step.id}>{step.title}</li>
                  ))}
                </ul>
                <input type="hidden" name="tried" value={article.tried.map(({ id }) => id).join(',')} />
              </dd>
            </>
          )}
          {searchedFor && (
            <>
              <dt>{t('site.known_search')}</dt>
              <dd>
                {searchedFor}
                <input type="hidden" name="searchedFor" value={searchedFor} />
              </dd>
            </>
          )}
        </dl>
      </div>
    </Strip>
  )
}

function KnownKnot() {
  return (
    <span class="knot pine" aria-hidden="true">
      <Shape name="dot" />
    </span>
  )
}
