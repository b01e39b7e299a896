import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { PolicyValue } from '@clew/contract/security-policies'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { organisationOfContact } from '../contacts/index.ts'
import { isLinkOpen, securityPolicy } from '../organisations/index.ts'
import type { CaptureLinkRow } from './model.links.ts'

/** What the organisation of whoever sent something demands of links to it. */
export const linkRuleOf = async (tx: TxCtx, contactId: ContactId): Promise<PolicyValue<'public_links'>> =>
  securityPolicy(tx, await organisationOfContact(tx, contactId), 'public_links')

/** Refuses a link that either organisation does not let be made: of the sender, or of who shares it. */
export async function refuseLink(
  tx: TxCtx,
  { contactId, by }: { contactId: ContactId; by: OrganisationId },
  { expiresInDays, password }: { expiresInDays: number; password?: string | undefined },
): Promise<void> {
  for (const rule of [await linkRuleOf(tx, contactId), await securityPolicy(tx, by, 'public_links')]) {
    if (!rule.allowed) throw new AppError('policy.links_not_allowed')
    if (rule.passwordRequired && password === undefined) throw new AppError('policy.links_need_password')
    if (expiresInDays > rule.maxDays) throw new AppError('policy.links_too_long', { days: rule.maxDays })
  }
}

/** Whether a link from before still leads somewhere by what the sender's organisation demands now. */
export const isLinkAllowed = async (tx: TxCtx, link: CaptureLinkRow): Promise<boolean> =>
  isLinkOpen(
    await linkRuleOf(tx, link.contactId),
    { createdAt: link.createdAt, hasPassword: link.passwordHash !== undefined },
    tx.clock.now(),
  )
