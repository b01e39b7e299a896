import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

export type ReplyWords = { brand: string; agent: string; reference: string; body: string; link: string }

export function replyMail(locale: Locale, values: ReplyWords): { subject: string; text: string } {
  const t = words[locale]
  return { subject: t('mail.reply_subject', values), text: t('mail.reply_text', values) }
}
