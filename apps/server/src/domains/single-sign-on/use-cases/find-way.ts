import type { Ctx } from '../../../platform/ctx.ts'
import { noteDeadEnd } from '../attempts.ts'
import { readAddress } from '../model.claims.ts'
import { ownPath, ownValues } from '../model.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeProtocol } from '../policy.ts'
import { wayOf } from '../port-for-sign-in.ts'

/** `hint`: the address, for the provider; there is none where the way leads to no provider. */
export type WayIn = { to: string; hint?: string }

/**
 * Where somebody goes who has typed their address: to the provider of their organisation. Where there is none they are
 * told so with a reference, in the same words for an address that is known and for one that is not.
 */
export async function findWay(
  ctx: Ctx,
  { email, next }: { email: string; next: string | undefined },
  { baseUrl }: Pick<SsoParts, 'baseUrl'>,
): Promise<WayIn> {
  authorizeProtocol(ctx.actor)
  const address = readAddress(email) ?? email.trim().toLowerCase().slice(0, 254)
  return ctx.transaction(async (tx) => {
    const way = await wayOf(tx, address)
    if (way?.connection) {
      const url = new URL(ownValues(baseUrl(), way.connection.id).startUrl)
      if (next !== undefined) url.searchParams.set('next', ownPath(next))
      return { to: url.href, hint: address }
    }
    const { reference } = await noteDeadEnd(tx, {
      typedEmail: address,
      reason: way ? 'no_connection' : 'domain_unknown',
      ...(way ? { organisationId: way.organisationId } : {}),
    })
    return { to: `/sso/refused?reference=${reference}` }
  })
}
