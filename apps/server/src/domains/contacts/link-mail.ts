import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

export function linkMail(
  locale: Locale,
  values: { brand: string; link: string; minutes: number },
): { subject: string; text: string } {
  const t = words[locale]
  return { subject: t('mail.my_link_subject', values), text: t('mail.my_link_text', values) }
}
