import type { DomainMove } from '@clew/contract/domains'
import type { MemberId } from '@clew/contract/primitives'
import { describe, expect, test } from 'vitest'
import { countRows, type MovingMember, planMoves, type Surroundings } from './model.domain-changes.ts'

const dora: MovingMember = member('dora', 'Dora Pappa', 'd.pappa@old.example')
const ilias: MovingMember = member('ilias', 'Ηλίας Δήμου', 'Ilias@Old.example')
const nobody: Surroundings = { to: 'new.example', taken: new Map(), known: [], invited: new Set() }

function member(id: string, name: string, email: string, isOutOfReach = false): MovingMember {
  return { id: id as MemberId, name, email, isOutOfReach }
}
const edit = (id: string, action: DomainMove['action'], email = ''): DomainMove => ({
  memberId: id as MemberId,
  action,
  email,
})

describe('what is suggested', () => {
  test('where nobody at the new domain is known, the same name before the @', () => {
    expect(planMoves([dora, ilias], [], nobody).map(({ after, action, basis }) => [after, action, basis])).toEqual([
      ['d.pappa@new.example', 'move', 'local_part'],
      ['ilias@new.example', 'move', 'local_part'],
    ])
  })

  test('where people are known, who fits by name has theirs, accents aside, and who fits nobody is invited', () => {
    const known = [
      { email: 'i.dimou@new.example', name: 'Ηλιας Δημου' },
      { email: 'someone@new.example', name: 'Some One' },
    ]
    const rows = planMoves([dora, ilias], [], { ...nobody, known })
    expect(rows.map(({ after, action, basis }) => [after, action, basis])).toEqual([
      ['d.pappa@new.example', 'invite', 'unmatched'],
      ['i.dimou@new.example', 'move', 'name'],
    ])
  })

  test('a name that two have proves nothing', () => {
    const known = [{ email: 'maria1@new.example', name: 'Maria P' }]
    const two = [member('a', 'Maria P', 'maria@old.example'), member('b', 'Maria P', 'mp@old.example')]
    expect(planMoves(two, [], { ...nobody, known }).map(({ basis }) => basis)).toEqual(['unmatched', 'unmatched'])
  })

  test('whom a directory looks after, or who may do more, stays, whatever is asked', () => {
    const managed = member('m', 'Managed', 'm@old.example', true)
    expect(planMoves([managed], [edit('m', 'move', 'm@new.example')], nobody)[0]).toMatchObject({
      action: 'leave',
      basis: 'managed',
    })
  })
})

describe('what is wrong', () => {
  const problem = (edits: DomainMove[], around: Partial<Surroundings> = {}) =>
    planMoves([dora, ilias], edits, { ...nobody, ...around }).map((row) => row.problem)

  test('an address that somebody else has', () => {
    const taken = new Map([['d.pappa@new.example', { id: 'other' as MemberId, name: 'Other' }]])
    expect(planMoves([dora], [], { ...nobody, taken })[0]).toMatchObject({ problem: 'taken', takenBy: 'Other' })
  })

  test('one address for two', () => {
    expect(problem([edit('dora', 'move', 'ilias@new.example')])).toEqual(['twice', 'twice'])
    expect(problem([edit('dora', 'move', 'ilias@new.example'), edit('ilias', 'leave')])).toEqual([undefined, undefined])
  })

  test('no address, and one of another domain', () => {
    expect(problem([edit('dora', 'move', 'dora'), edit('ilias', 'move', 'ilias@mail.example')])).toEqual([
      'invalid',
      'elsewhere',
    ])
  })

  test('an invitation that is on its way already', () => {
    expect(problem([edit('dora', 'invite')], { invited: new Set(['d.pappa@new.example']) })[0]).toBe('invited')
  })

  test('who stays has no problem', () => {
    expect(problem([edit('dora', 'leave', 'rubbish')])[0]).toBeUndefined()
  })
})

test('rows are counted by what happens to them', () => {
  const rows = planMoves([dora, ilias], [edit('dora', 'invite'), edit('ilias', 'move', 'x')], nobody)
  expect(countRows(rows)).toEqual({ move: 1, invite: 1, leave: 0, problems: 1 })
})
