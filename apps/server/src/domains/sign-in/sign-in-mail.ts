import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

type Letter = { subject: string; text: string }

export function signInLinkMail(locale: Locale, values: { brand: string; link: string; minutes: number }): Letter {
  const t = words[locale]
  return { subject: t('mail.sign_in_link_subject', values), text: t('mail.sign_in_link_text', values) }
}

export function resetMail(locale: Locale, values: { brand: string; link: string; minutes: number }): Letter {
  const t = words[locale]
  return { subject: t('mail.reset_subject', values), text: t('mail.reset_text', values) }
}

export function passwordChangedMail(locale: Locale, values: { brand: string; link: string }): Letter {
  const t = words[locale]
  return { subject: t('mail.password_changed_subject', values), text: t('mail.password_changed_text', values) }
}
