import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

type Letter = { subject: string; text: string }

export function certificateMail(
  locale: Locale,
  { days, until, ...values }: { connection: string; organisation: string; days: number; until: Date; link: string },
): Letter {
  const t = words[locale]
  const all = { ...values, days, until: t.format.date(until, { dateStyle: 'long', timeZone: 'UTC' }) }
  return {
    subject: t(days > 0 ? 'mail.sso_certificate_subject' : 'mail.sso_certificate_over_subject', all),
    text: t(days > 0 ? 'mail.sso_certificate_text' : 'mail.sso_certificate_over_text', all),
  }
}

export function breakGlassMail(
  locale: Locale,
  { at, ...values }: { name: string; organisation: string; at: Date; address: string; link: string },
): Letter {
  const t = words[locale]
  const all = { ...values, moment: t.format.date(at, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }) }
  return { subject: t('mail.sso_break_glass_subject', all), text: t('mail.sso_break_glass_text', all) }
}

export function askingMail(
  locale: Locale,
  values: { agent: string; brand: string; person: string; organisation: string; link: string },
): Letter {
  const t = words[locale]
  return { subject: t('mail.sso_ask_subject', values), text: t('mail.sso_ask_text', values) }
}
