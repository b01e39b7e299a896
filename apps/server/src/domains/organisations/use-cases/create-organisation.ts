import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { authorizeManageOrganisations } from '../policy.members.ts'
import { insertOrganisation, isSlugTaken } from '../repository.ts'

/** A customer's organisation, with nobody in it yet. */
export async function createOrganisation(
  ctx: Ctx,
  { name, slug, region }: { name: string; slug: string; region?: string | null },
): Promise<OrganisationId> {
  return ctx.transaction(async (tx) => {
    authorizeManageOrganisations(tx.actor)
    if (await isSlugTaken(tx, slug)) throw new AppError('organisation.slug_taken', { slug })
    const id = tx.ids.next() as OrganisationId
    await insertOrganisation(tx, { id, name, slug, region: region || null })
    recordAudit(tx, {
      action: 'organisation.created',
      organisationId: id,
      targets: [{ type: 'organisation', id, name }],
    })
    return id
  })
}
