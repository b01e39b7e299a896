import type { TxCtx } from '../../platform/ctx.ts'
import type { MemberRow } from '../organisations/index.ts'
import { factorsOf } from './factors.ts'
import { isTwofold, type PoliciesNow } from './model.policies.ts'
import type { StoredSession } from './repository.ts'
import { isSecondFactorDue } from './use-cases/open-session.ts'

/** `set_up`: good for setting up a second factor only. `over`: there is one, and this session has not shown it. */
export type Reach = 'open' | 'set_up' | 'over'

/** How far a session reaches. A second factor that is asked for is asked of sessions that are open, too. */
export async function reachOf(
  tx: TxCtx,
  { session, member, policies }: { session: StoredSession; member: MemberRow; policies: PoliciesNow },
): Promise<Reach> {
  if (session.state === 'set_up') return 'set_up'
  if (isTwofold(session.methods) || !(await isSecondFactorDue(tx, member, policies))) return 'open'
  return (await factorsOf(tx, member.id)).length > 0 ? 'over' : 'set_up'
}

/** Whether nothing has to be asked to know that it reaches everywhere. */
export const isPlainlyOpen = ({ state, methods }: StoredSession, { mfa }: PoliciesNow): boolean =>
  state === 'open' && (mfa.mode === 'off' || isTwofold(methods))
