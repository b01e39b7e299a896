import { ScimError } from '@clew/scim'
import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission } from '../../platform/require-permission.ts'
import type { Door } from './model.ts'

/** Whoever runs the organisation sees its connections. */
export function authorizeRead(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'provisioning.read')
}

export function authorizeManage(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'provisioning.manage')
}

/** The command line acts for the operator, and jobs for nobody. */
export function authorizeSystem(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** What the token of a connection is good for. */
export function authorizeToken({ token }: Door, type: 'User' | 'Group', does: 'read' | 'write'): void {
  const { users, groups, readOnly } = token.scope
  if (type === 'User' ? !users : !groups) throw new ScimError(403, `The token is not for ${type}s.`)
  if (does === 'write' && readOnly) throw new ScimError(403, 'The token is for reading only.')
}

/** A request is carried out by the connection itself, or tried out by whoever looks after it. */
export function authorizeCarryOut(actor: Actor, { connection }: Pick<Door, 'connection'>): void {
  if (actor.type === 'connection' && actor.id === connection.id) return
  authorizeManage(actor)
  if (actor.organisationId !== connection.organisationId) throw new AppError('permission.denied')
}
