import type { DomainMove, DomainMoveAction, DomainMovePreview } from '@clew/contract/domains'
import type { MemberId } from '@clew/contract/primitives'
import { fold } from '@clew/text'
import { domainOfEmail } from './model.domains.ts'
import { normalEmail } from './model.ts'

/** Somebody with an address at the old domain. */
export type MovingMember = {
  id: MemberId
  name: string
  email: string
  /** Why nobody moves them here: a directory looks after them, or they may do more than whoever asks. */
  isOutOfReach: boolean
}

/** An address at the new domain that somebody is known to have. */
export type KnownAddress = { email: string; name: string | undefined }

export type Surroundings = {
  to: string
  /** Addresses that members have, and whose they are. */
  taken: ReadonlyMap<string, { id: MemberId; name: string }>
  known: readonly KnownAddress[]
  invited: ReadonlySet<string>
}

/**
 * What would become of each member: the same name before the @, or the address of whoever has the same name, or, where
 * people of the new domain are known and none fits, an invitation. What somebody decided by hand goes before all that.
 */
export function planMoves(
  members: readonly MovingMember[],
  edits: readonly DomainMove[],
  around: Surroundings,
): DomainMovePreview[] {
  const editOf = new Map(edits.map((edit) => [edit.memberId, edit]))
  const names = countBy(members.map(({ name }) => fold(name)))
  const rows = members.map((member) => {
    const suggested = suggestionFor(member, around, { isOnlyOfName: names.get(fold(member.name)) === 1 })
    return decided(member, suggested, editOf.get(member.id))
  })
  const targets = countBy(rows.filter(({ action }) => action !== 'leave').map(({ after }) => after))
  return rows.map((row) => ({ ...row, ...problemOf(row, around, (targets.get(row.after) ?? 0) > 1) }))
}

type Row = Omit<DomainMovePreview, 'problem' | 'takenBy'>
type Suggestion = Pick<Row, 'after' | 'action' | 'basis'>

function suggestionFor(
  { name, email }: MovingMember,
  { to, known }: Surroundings,
  { isOnlyOfName }: { isOnlyOfName: boolean },
): Suggestion {
  const same = `${normalEmail(email).slice(0, email.trim().lastIndexOf('@'))}@${to}`
  if (known.length === 0 || known.some((each) => each.email === same))
    return { after: same, action: 'move', basis: 'local_part' }
  const namesakes = known.filter((each) => each.name !== undefined && fold(each.name) === fold(name))
  const [namesake] = namesakes
  if (namesake && namesakes.length === 1 && isOnlyOfName)
    return { after: namesake.email, action: 'move', basis: 'name' }
  return { after: same, action: 'invite', basis: 'unmatched' }
}

function decided(member: MovingMember, suggested: Suggestion, edit: DomainMove | undefined): Row {
  const base = { memberId: member.id, name: member.name, before: member.email }
  if (member.isOutOfReach) return { ...base, after: suggested.after, action: 'leave', basis: 'managed' }
  if (!edit) return { ...base, ...suggested }
  const after = normalEmail(edit.email) || suggested.after
  return { ...base, after, action: edit.action, basis: after === suggested.after ? suggested.basis : 'chosen' }
}

type Problem = Pick<DomainMovePreview, 'problem' | 'takenBy'>
/** As an address book would take it; the mail server has the last word. */
const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@,;:<>"()]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text)

function problemOf(row: Row, { to, taken, invited }: Surroundings, isTwice: boolean): Problem {
  if (row.action === 'leave') return {}
  if (!isEmail(row.after)) return { problem: 'invalid' }
  if (domainOfEmail(row.after) !== to) return { problem: 'elsewhere' }
  const holder = taken.get(row.after)
  if (holder && holder.id !== row.memberId) return { problem: 'taken', takenBy: holder.name }
  if (isTwice) return { problem: 'twice' }
  return row.action === 'invite' && invited.has(row.after) ? { problem: 'invited' } : {}
}

export function countRows(rows: readonly DomainMovePreview[]) {
  const of = (action: DomainMoveAction) => rows.filter((row) => row.action === action).length
  return {
    move: of('move'),
    invite: of('invite'),
    leave: of('leave'),
    problems: rows.filter(({ problem }) => problem !== undefined).length,
  }
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
