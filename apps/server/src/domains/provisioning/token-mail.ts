import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

type Ending = { connection: string; hint: string; days: number; until: Date; url: string; brand: string }

/** A token is about to end, after which nobody is brought up to date any more. */
export function reminderText(locale: Locale, ending: Ending): { subject: string; text: string } {
  const t = words[locale]
  const { connection, days, hint, brand, url, until } = ending
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(until)
  return {
    subject: t('mail.scim_token_subject', { connection, days }),
    text: t('mail.scim_token_text', { connection, hint, brand, url, date }),
  }
}
