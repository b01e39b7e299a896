import type { Locale, OrganisationId } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'
import type { TxCtx } from '../../platform/ctx.ts'
import { queueMail } from '../../platform/mail/outbox.ts'
import { shownName } from './domain-names.ts'
import { type DomainRow, graceDays } from './model.domains.ts'
import { listOwners } from './repository.domains.ts'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

export type DomainNews = 'lost' | 'unverified' | 'disputed' | 'moved'
export type MailParts = { brand: () => string; baseUrl: () => string }

/** Tells those who run an organisation what has become of its domain; each of them once for each happening. */
export async function mailOwners(
  tx: TxCtx,
  { organisationId, id, name }: Pick<DomainRow, 'organisationId' | 'id' | 'name'>,
  { news, brand, baseUrl }: MailParts & { news: DomainNews },
): Promise<void> {
  const happening = `${news}:${id}:${tx.clock.now().toISOString()}`
  for (const { id: ownerId, email, locale, organisation } of await listOwners(tx, organisationId as OrganisationId)) {
    const values = {
      domain: shownName(name),
      organisation,
      days: graceDays,
      brand: brand(),
      link: `${baseUrl()}/app/console/domains`,
    }
    const { subject, text } = textOf(words[locale as Locale], news, values)
    await queueMail(tx, { idempotencyKey: `domain:${happening}:${ownerId}`, to: email, subject, text })
  }
}

type Values = { domain: string; organisation: string; days: number; brand: string; link: string }

function textOf(t: (typeof words)['en'], news: DomainNews, values: Values): { subject: string; text: string } {
  switch (news) {
    case 'lost':
      return { subject: t('mail.domain_lost_subject', values), text: t('mail.domain_lost_text', values) }
    case 'unverified':
      return { subject: t('mail.domain_unverified_subject', values), text: t('mail.domain_unverified_text', values) }
    case 'disputed':
      return { subject: t('mail.domain_disputed_subject', values), text: t('mail.domain_disputed_text', values) }
    case 'moved':
      return { subject: t('mail.domain_moved_subject', values), text: t('mail.domain_moved_text', values) }
  }
}
