import { createT, type Locale, type T } from '@clew/i18n'
import * as pagesEl from '@clew/i18n/generated/pages.el'
import * as pagesEn from '@clew/i18n/generated/pages.en'
import * as siteEl from '@clew/i18n/generated/site.el'
import * as siteEn from '@clew/i18n/generated/site.en'

// Readers are anonymous, so times are in the zone of the machine; the pages name it beside them.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions()

export const siteWords: Readonly<Record<Locale, T<'site'>>> = {
  en: createT({ locale: 'en', timeZone }, siteEn.catalogue),
  el: createT({ locale: 'el', timeZone }, siteEl.catalogue),
}

export const pageWords: Readonly<Record<Locale, T<'pages'>>> = {
  en: createT('en', pagesEn.catalogue),
  el: createT('el', pagesEl.catalogue),
}

/** A calendar day as a moment that is that day in every zone where people live. */
export const atNoon = (day: string): Date => new Date(`${day}T12:00:00Z`)
