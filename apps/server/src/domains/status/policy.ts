import type { AgentId } from '@clew/contract/primitives'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'

/** What the service is like is kept by the agents; the product itself sets up the first components. */
export function authorizeKeepStatus(actor: Actor): { agentId?: AgentId } {
  if (actor.type === 'agent') return { agentId: actor.id }
  if (actor.type === 'system') return {}
  throw new AppError('permission.denied')
}

/** Following is kept by the product: for a conversation that was asked, or for an address whose owner said so. */
export function authorizeFollow(actor: Actor): void {
  if (actor.type !== 'system' && actor.type !== 'assistant') throw new AppError('permission.denied')
}

/** The whole of it at once is read by the team and by the product, which shows it to everyone. */
export function authorizeReadStatus(actor: Actor): void {
  if (actor.type !== 'agent' && actor.type !== 'system' && actor.type !== 'assistant')
    throw new AppError('permission.denied')
}
