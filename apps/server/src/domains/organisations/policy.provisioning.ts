import type { Actor } from '../../platform/actor.ts'
import { requirePermission } from '../../platform/require-permission.ts'

/** A connection brings people in; whoever looks after connections tries out what one would do. */
export function authorizeProvision(actor: Actor): void {
  if (actor.type !== 'connection') requirePermission(actor, 'provisioning.manage')
}
