import type { IncidentId, Locale } from '@clew/contract/primitives'
import type { Product } from '../clew.ts'
import {
  confirmFollowing,
  type Following,
  followByMail,
  lookAtFollowing,
  lookAtLeaving,
  stopFollowing,
} from '../domains/status/index.ts'

/** What the pages need to let people follow an incident by mail. */
export type FollowDesk = {
  ask(input: { incidentId: IncidentId; email: string; everyUpdate: boolean; locale: Locale }): Promise<void>
  look(token: string): Promise<Following>
  confirm(token: string): Promise<Following>
  lookAtLeaving(token: string): Promise<Following>
  leave(token: string): Promise<Following>
}

export const followDesk = ({ house, newCtx }: Pick<Product, 'house' | 'newCtx'>): FollowDesk => ({
  ask: (input) => followByMail(newCtx('status.follow'), input, house.following),
  look: (token) => lookAtFollowing(newCtx('status.follow'), token),
  confirm: (token) => confirmFollowing(newCtx('status.follow'), token),
  lookAtLeaving: (token) => lookAtLeaving(newCtx('status.unfollow'), token),
  leave: (token) => stopFollowing(newCtx('status.unfollow'), token),
})
