import type { ExportContent } from '@clew/contract/exports'
import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission } from '../../platform/require-permission.ts'
import { type ExportRow, permissionsFor } from './model.ts'

/** Nobody takes out what they could not look at. */
export function authorizeRequest(actor: Actor, content: ExportContent): asserts actor is MemberActor {
  requirePermission(actor, 'exports.request')
  for (const permission of permissionsFor(content)) requirePermission(actor, permission)
}

/** Whoever may ask sees their own, whoever may approve sees all; nobody else sees the page. */
export function authorizeLook(actor: Actor): asserts actor is MemberActor {
  if (actor.type === 'member' && actor.permissions.has('exports.approve')) return
  requirePermission(actor, 'exports.request')
}

export const seesAll = (actor: MemberActor): boolean => actor.permissions.has('exports.approve')

/** What one may not see does not exist. */
export function authorizeSee(actor: Actor, row: ExportRow | undefined): asserts row is ExportRow {
  authorizeLook(actor)
  const isTheirs = row?.organisationId === actor.organisationId
  if (!isTheirs || !(seesAll(actor) || row.requestedBy === actor.id)) throw new AppError('export.not_found')
}

/** Two pairs of eyes: never those of whoever asked. */
export function authorizeDecide(actor: Actor, row: ExportRow): asserts actor is MemberActor {
  requirePermission(actor, 'exports.approve')
  if (row.requestedBy === actor.id) throw new AppError('export.own_approval')
}

/** The archive is for whoever asked, as long as they still may ask for it. */
export function authorizeFetch(actor: Actor, row: ExportRow): asserts actor is MemberActor {
  authorizeRequest(actor, row.content)
  if (row.requestedBy !== actor.id) throw new AppError('permission.denied')
}

export function authorizeReadPolicy(actor: Actor): asserts actor is MemberActor {
  if (actor.type === 'member' && actor.permissions.has('policies.read')) return
  authorizeLook(actor)
}

export function authorizeSetPolicy(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'policies.manage')
}

/** What is one's own needs no permission. */
export function authorizeOwnAccount(actor: Actor): asserts actor is MemberActor {
  if (actor.type !== 'member') throw new AppError('permission.denied')
}

/** Building, expiring and a person's own copy are nobody's to ask for in the console. */
export function authorizeSystem(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}
