import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'
import type { OrganisationKind } from './model.ts'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

export type InvitationLetter = {
  kind: OrganisationKind
  brand: string
  organisation: string
  inviter: string | undefined
  link: string
  days: number
}

/** To answer people on the support team, or to belong to a customer's organisation; there, perhaps from nobody by name. */
export function invitationMail(
  locale: Locale,
  { kind, inviter, ...values }: InvitationLetter,
): { subject: string; text: string } {
  const t = words[locale]
  const letter = { ...values, inviter: inviter ?? values.organisation }
  if (kind !== 'support' && inviter === undefined)
    return {
      subject: t('mail.organisation_invited_subject', values),
      text: t('mail.organisation_invited_text', values),
    }
  if (kind === 'support')
    return { subject: t('mail.invitation_subject', letter), text: t('mail.invitation_text', letter) }
  return { subject: t('mail.organisation_subject', letter), text: t('mail.organisation_text', letter) }
}

export function confirmJoinMail(
  locale: Locale,
  values: { brand: string; organisation: string; link: string; hours: number },
): { subject: string; text: string } {
  const t = words[locale]
  return { subject: t('mail.confirm_join_subject', values), text: t('mail.confirm_join_text', values) }
}
