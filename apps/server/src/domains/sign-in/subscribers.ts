import { subscriber } from '../../platform/domain.ts'
import { endSessionsOf } from './use-cases/member-left.ts'

export const signInSubscribers = [
  subscriber('sign-in.deactivated', 'member.deactivated', endSessionsOf),
  subscriber('sign-in.removed', 'member.removed', endSessionsOf),
]
