import type { TxCtx } from '../../platform/ctx.ts'
import { queueMail } from '../../platform/mail/outbox.ts'
import { recordAudit } from '../audit/index.ts'
import { listOwnersToTell, type MemberRow } from '../organisations/index.ts'
import { breakGlassMail } from './mails.ts'
import { findRequirement, isBreakGlass } from './repository.requirement.ts'

/** An owner came in past SSO although it is required: the log says so, and every owner is told. */
export async function noteBreakGlass(
  tx: TxCtx,
  member: MemberRow,
  { baseUrl }: { baseUrl: () => string },
): Promise<void> {
  const { id, name, organisationId, organisation } = member
  if (!(await findRequirement(tx, organisationId)) || !(await mayBreakGlass(tx, member))) return
  recordAudit(tx, {
    action: 'sso.break_glass_used',
    organisationId,
    actor: { type: 'member', id, name },
    targets: [{ type: 'member', id, name }],
  })
  const use = tx.ids.next()
  for (const owner of await listOwnersToTell(tx, organisationId))
    await queueMail(tx, {
      idempotencyKey: `sso-break-glass:${use}:${owner.id}`,
      to: owner.email,
      ...breakGlassMail(owner.locale, {
        name,
        organisation: organisation.name,
        at: tx.clock.now(),
        address: tx.origin.address ?? '–',
        link: `${baseUrl()}/app/console/sso`,
      }),
    })
}

/** Only as long as somebody is an owner: the list outlives the role. */
export const mayBreakGlass = async (tx: TxCtx, { id, role }: Pick<MemberRow, 'id' | 'role'>): Promise<boolean> =>
  role === 'owner' && (await isBreakGlass(tx, id))
