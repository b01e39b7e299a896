import type { SsoRemedyName } from '@clew/contract/single-sign-on'
import type { Actor, MemberActor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import { requirePermission, requireTeamPermission } from '../../platform/require-permission.ts'
import { permissionsFor } from './model.proposals.ts'

export function authorizeReadSso(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'sign_in.read')
}

/** By the number of a case one learns who asked in it. */
export function authorizeReadCases(actor: MemberActor): void {
  requirePermission(actor, 'cases.read')
}

export function authorizeManageSso(actor: Actor): asserts actor is MemberActor {
  requirePermission(actor, 'sign_in.manage')
}

/** Whoever changes a connection is shown it, as it is then. */
export function authorizeChangeSso(actor: Actor): asserts actor is MemberActor {
  authorizeReadSso(actor)
  authorizeManageSso(actor)
}

/** Keeping people out, and who may still get in, is for those who answer for the organisation. */
export function authorizeRequireSso(actor: Actor): asserts actor is MemberActor {
  authorizeChangeSso(actor)
  if (actor.role !== 'owner') throw new AppError('sso.owners_only')
}

/** What was proposed is done or declined by who could do it without a proposal. */
export function authorizeSettleProposal(actor: MemberActor, remedy: SsoRemedyName): void {
  for (const permission of permissionsFor(remedy)) requirePermission(actor, permission)
}

/** What comes from an identity provider or over a set-up link has no member who acts. */
export function authorizeProtocol(actor: Actor): void {
  if (actor.type !== 'system') throw new AppError('permission.denied')
}

/** Agents see why somebody cannot get in, and propose what helps; they do it where the organisation lets them. */
export function authorizeDiagnoseForTeam(actor: Actor): asserts actor is Extract<Actor, { type: 'agent' }> {
  if (actor.type !== 'agent' || !actor.permissions.has('conversations.answer')) throw new AppError('permission.denied')
}

/** Who looks after organisations sees how their people sign in. */
export function authorizeViewForTeam(actor: Actor): void {
  requireTeamPermission(actor, 'organisations.manage')
}

/** A flow asks for one word; whoever walks through it hears nothing of the answer. */
export function authorizeLookUp(actor: Actor): void {
  if (actor.type !== 'system' && actor.type !== 'assistant') throw new AppError('permission.denied')
}
