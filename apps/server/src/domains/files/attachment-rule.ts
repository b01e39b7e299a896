import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { organisationOfContact } from '../contacts/index.ts'
import { attachmentProblem, type FileFacts, securityPolicy } from '../organisations/index.ts'

/**
 * Why a file may not be attached by what the organisation of whoever sends it demands. Recordings of a browser are not
 * meant: what becomes of those has a rule of its own.
 */
export async function whyRefused(tx: TxCtx, actor: Actor, file: FileFacts): Promise<AppError | undefined> {
  const organisationId = actor.type === 'agent' ? actor.organisationId : await ofContact(tx, actor)
  if (organisationId === undefined) return undefined
  const rule = await securityPolicy(tx, organisationId, 'attachments')
  const problem = attachmentProblem(rule, file)
  return problem && new AppError(problem, { limitMb: rule.maxMb })
}

const ofContact = async (tx: TxCtx, actor: Actor) =>
  actor.type === 'contact' ? organisationOfContact(tx, actor.id) : undefined
