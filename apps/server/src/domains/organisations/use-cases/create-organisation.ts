import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeCreateOrganisation } from '../policy.ts'
import { insertOrganisation, isSlugTaken } from '../repository.ts'

/** A customer's organisation, with nobody in it yet. */
export async function createOrganisation(ctx: Ctx, input: { name: string; slug: string }): Promise<OrganisationId> {
  return ctx.transaction(async (tx) => {
    authorizeCreateOrganisation(tx.actor)
    if (await isSlugTaken(tx, input.slug)) throw new AppError('organisation.slug_taken', { slug: input.slug })
    const id = tx.ids.next() as OrganisationId
    await insertOrganisation(tx, { ...input, id })
    return id
  })
}
