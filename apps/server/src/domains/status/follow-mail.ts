import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'
import * as statusEl from '@clew/i18n/generated/status.el'
import * as statusEn from '@clew/i18n/generated/status.en'
import { type IncidentRow, textIn, type UpdateRow } from './model.ts'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }
const statusWords = { en: createT('en', statusEn.catalogue), el: createT('el', statusEl.catalogue) }

type Mail = { subject: string; text: string }

/** Asks whoever has the address whether they want to follow. */
export function confirmMail(locale: Locale, about: { brand: string; incident: IncidentRow; link: string }): Mail {
  const values = { brand: about.brand, title: textIn(about.incident.titles, locale).text, link: about.link }
  return { subject: words[locale]('mail.follow_subject', values), text: words[locale]('mail.follow_text', values) }
}

/** Says that they follow already, so that the answer on the page is the same for every address. */
export function knownMail(locale: Locale, about: { brand: string; incident: IncidentRow; link: string }): Mail {
  const values = { brand: about.brand, title: textIn(about.incident.titles, locale).text, link: about.link }
  return {
    subject: words[locale]('mail.follow_known_subject', values),
    text: words[locale]('mail.follow_known_text', values),
  }
}

export type UpdateMail = { brand: string; incident: IncidentRow; update: UpdateRow; link: string; leave: string }

/** Tells of an update. */
export function updateMail(locale: Locale, { brand, incident, update, link, leave }: UpdateMail): Mail {
  const values = {
    brand,
    title: textIn(incident.titles, locale).text,
    status: statusWords[locale](`status.incident_${update.status}`),
    body: textIn(update.bodies, locale).text,
    link,
    leave,
  }
  return {
    subject: words[locale]('mail.follow_update_subject', values),
    text: words[locale]('mail.follow_update_text', values),
  }
}
