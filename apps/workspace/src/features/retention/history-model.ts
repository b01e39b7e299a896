import type { RetentionClass, RetentionHistory } from '@clew/contract/retention'

export type Change = RetentionHistory['changes'][number]
export type ChangeState = 'taken_back' | 'waiting' | 'in_force' | 'over'

/** What has become of a change since. */
export function stateOf(changes: readonly Change[], change: Change, now: number): ChangeState {
  if (change.takenBackAt !== undefined) return 'taken_back'
  if (Date.parse(change.effectiveAt) > now) return 'waiting'
  const isReplaced = changes.some(
    (each) => each.class === change.class && each.version > change.version && holds(each, now),
  )
  return isReplaced ? 'over' : 'in_force'
}

/** One that was taken back never does. */
const holds = ({ takenBackAt, effectiveAt }: Change, now: number): boolean =>
  takenBackAt === undefined && Date.parse(effectiveAt) <= now

export const ofClass = (changes: readonly Change[], kind: RetentionClass | ''): readonly Change[] =>
  kind === '' ? changes : changes.filter((each) => each.class === kind)
