import { fill, locales } from '@clew/i18n'
import { spool, tail, wordmark } from '@clew/ui/marks'
import type { ComponentChildren } from 'preact'
import { Shape } from './rail.tsx'
import { localeNames, type Site } from './site.ts'
import type { Translations } from './views.ts'

export type NavPlace = 'help' | 'status' | 'my-cases' | 'none'

interface HeaderProps {
  site: Site
  here: NavPlace
  translations: Translations
}

export function Header({ site, here, translations }: HeaderProps) {
  const { t, paths, locale } = site
  const current = (place: NavPlace) => (here === place ? ('page' as const) : undefined)
  return (
    <header class="top">
      {site.brand.logo === undefined ? (
        <svg class="spool" viewBox={spool.viewBox} aria-hidden="true">
          <path d={spool.path} />
        </svg>
      ) : (
        <img class="logo" src={site.brand.logo} alt="" height="28" />
      )}
      <a class="name" href={paths.home(locale)}>
        {site.brand.name} <span>{t('site.header_help')}</span>
      </a>
      <nav aria-label={t('site.help_centre')}>
        <a class="far" href={paths.home(locale)} aria-current={current('help')}>
          {t('site.help_centre')}
        </a>
        <a class="far" href={paths.status(locale)} aria-current={current('status')}>
          <StatusHint site={site} />
          {t('site.header_status')}
        </a>
        <a class="far" href={paths.myCases(locale)} aria-current={current('my-cases')}>
          {t('site.header_my_cases')}
        </a>
        <LanguageSwitch site={site} translations={translations} />
        <a href={paths.workspace()}>{site.signedInAs ?? t('site.header_sign_in')}</a>
      </nav>
    </header>
  )
}

function StatusHint({ site }: { site: Site }) {
  const state = site.serviceState
  if (state === undefined || state === 'ok') return null
  return (
    <span class={state}>
      <Shape name={state} />
      <span class="visually-hidden">{site.t(`site.state_${state}`)}: </span>
    </span>
  )
}

function LanguageSwitch({ site, translations }: { site: Site; translations: Translations }) {
  const others = (site.offered ?? locales).flatMap((locale) => {
    const href = translations[locale]
    return locale === site.locale || href === undefined ? [] : [{ locale, href }]
  })
  return (
    <>
      {others.map(({ locale, href }) => (
        <a key={locale} class="quiet" href={href} lang={locale} hreflang={locale}>
          {localeNames[locale]}
        </a>
      ))}
    </>
  )
}

export function Footer({ site }: { site: Site }) {
  const { t, paths, locale } = site
  return (
    <footer class="strip foot">
      <svg class="tail" viewBox={tail.viewBox} aria-hidden="true">
        <path d={tail.path} />
      </svg>
      <div class="said">
        <span class="runs">
          <svg class="wordmark" viewBox={wordmark.viewBox} role="img" aria-label={t('site.footer_runs_on')}>
            <path class="ball" d={wordmark.ball} />
            <path d={wordmark.letters} />
          </svg>
        </span>
        <nav class="footlinks onphone" aria-label={t('site.footer_more')}>
          <a href={paths.status(locale)}>{t('site.header_status')}</a>
          <a href={paths.myCases(locale)}>{t('site.header_my_cases')}</a>
        </nav>
        <nav class="footlinks" aria-label={t('site.footer_links')}>
          <a href={paths.contact(locale)}>{t('site.footer_contact')}</a>
          <a href={paths.har(locale)}>{t('site.footer_har')}</a>
          {site.footerLinks?.map(({ href, label }) => (
            <a key={href} href={href}>
              {label}
            </a>
          ))}
        </nav>
      </div>
    </footer>
  )
}

/** A whole sentence with elements at its slots. */
export function Sentence({ text, parts }: { text: string; parts: Readonly<Record<string, ComponentChildren>> }) {
  return <>{fill<ComponentChildren>(text, parts)}</>
}
