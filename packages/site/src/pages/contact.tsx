import { inEveryLocale, renderPage } from '../document.tsx'
import { Shape, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import { type ContactField, type ContactView, contactFields } from '../views.contact.ts'
import { ContactForm } from './contact-form.tsx'
import { KindChoice } from './contact-kinds.tsx'
import { Known } from './contact-known.tsx'

/**
 * The case as a plain form. Without a script it is two steps: the kind of problem, then the fields that matter for it.
 * With one both are on the page, and the fields follow the kind at once.
 */
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
      <main id="main" class="contact">
        <Strip class="arthead" live rail={t('site.contact_minutes')}>
          <h1>{title}</h1>
          <p class="lede">{t('site.contact_lede')}</p>
        </Strip>
        {hasErrors && <ErrorSummary view={view} site={site} />}
        {view.kind === undefined && <FirstStep view={view} site={site} />}
        <ContactForm view={view} site={site} />
      </main>
    ),
  })
}

/** Asks for the kind alone. The script takes it away, since the form below it asks the same. */
function FirstStep({ view, site }: { view: ContactView; site: Site }) {
  const { t, paths, locale } = site
  return (
    <form method="get" action={paths.contact(locale)} data-first-step>
      <Known view={view} site={site} />
      <KindChoice view={view} site={site} prefix="first-">
        <p class="btns">
          <button class="btn main" type="submit">
            {t('site.contact_continue')}
          </button>
        </p>
      </KindChoice>
    </form>
  )
}

const errorFields = (view: ContactView): ContactField[] =>
  contactFields.filter((field) => view.errors?.[field] !== undefined)

function ErrorSummary({ view, site }: { view: ContactView; site: Site }) {
  const { t } = site
  return (
    <Strip class="case" live>
      <div class="alert major" role="alert" tabIndex={-1} data-focus>
        <Shape name="major" />
        <div>
          <strong>{view.problem ? t(`site.contact_problem_${view.problem}`) : t('site.contact_not_sent')}</strong>
          <ErrorLinks view={view} site={site} />
        </div>
      </div>
    </Strip>
  )
}

function ErrorLinks({ view, site }: { view: ContactView; site: Site }) {
  const fields = errorFields(view)
  if (fields.length === 0) return null
  return (
    <ul>
      {fields.map((field) => (
        <li key={field}>
          <a href={`#${field}`}>{site.t(`site.contact_field_${field}`)}</a>
        </li>
      ))}
    </ul>
  )
}
