import type { DnsAnswer, DomainId } from '@clew/contract/domains'
import type { OrganisationId } from '@clew/contract/primitives'
import { describe, expect, test } from 'vitest'
import { domainIn, nameAndParents } from './domain-names.ts'
import { afterLook, covers, type DomainRow, dayOfLoss, domainOfEmail } from './model.domains.ts'

describe('what somebody types', () => {
  test.each([
    ['halcyon.example', 'halcyon.example'],
    ['  Halcyon.Example. ', 'halcyon.example'],
    ['https://www.halcyon.example/login?x=1', 'www.halcyon.example'],
    ['petros@halcyon.example', 'halcyon.example'],
    ['παράδειγμα.example', 'xn--hxajbheg2az3al.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['halcyon.example:8443', 'halcyon.example'],
    ['shop.co.uk', 'shop.co.uk'],
    ['team.github.io', 'team.github.io'],
  ])('%s is %s', (typed, name) => expect(domainIn(typed)).toEqual({ name }))

  test.each([
    ['', 'domain.invalid'],
    ['localhost', 'domain.invalid'],
    ['192.0.2.7', 'domain.invalid'],
    ['[2001:db8::1]', 'domain.invalid'],
    ['under_score.example', 'domain.invalid'],
    ['-dash.example', 'domain.invalid'],
    [`${'a'.repeat(64)}.example`, 'domain.invalid'],
    [`${'a.'.repeat(125)}example`, 'domain.invalid'],
    ['*.halcyon.example', 'domain.invalid'],
    ['co.uk', 'domain.public_suffix'],
    ['github.io', 'domain.public_suffix'],
    ['gmail.com', 'domain.public_mail'],
    ['mail.gmail.com', 'domain.public_mail'],
    ['yahoo.gr', 'domain.public_mail'],
    ['outlook.com', 'domain.public_mail'],
    ['otenet.gr', 'domain.public_mail'],
  ])('%s is refused: %s', (typed, problem) => expect(domainIn(typed)).toEqual({ problem }))
})

test('the domain of an address is what follows its last @', () => {
  expect(domainOfEmail('petros@Halcyon.Example')).toBe('halcyon.example')
  expect(domainOfEmail('"a@b"@halcyon.example')).toBe('halcyon.example')
  expect(domainOfEmail('nobody')).toBe('')
  expect(domainOfEmail('@halcyon.example')).toBe('')
})

test('what lies above a name ends at what can be registered', () => {
  expect(nameAndParents('a.b.halcyon.co.uk')).toEqual(['a.b.halcyon.co.uk', 'b.halcyon.co.uk', 'halcyon.co.uk'])
  expect(nameAndParents('halcyon.example')).toEqual(['halcyon.example'])
})

test('a domain covers what is below it only by its tick, and nothing that only ends like it', () => {
  const ticked = { name: 'halcyon.example', coversSubdomains: true }
  expect(covers(ticked, 'ships.halcyon.example')).toBe(true)
  expect(covers(ticked, 'nothalcyon.example')).toBe(false)
  expect(covers({ ...ticked, coversSubdomains: false }, 'ships.halcyon.example')).toBe(false)
})

const dayMs = 86_400_000
const start = new Date('2026-11-24T08:00:00.000Z')
const later = (days: number) => new Date(start.getTime() + days * dayMs)
const waiting: DomainRow = {
  id: 'd' as DomainId,
  organisationId: 'o' as OrganisationId,
  name: 'halcyon.example',
  token: 't',
  state: 'waiting',
  coversSubdomains: false,
  joinsByItself: false,
  createdAt: start,
  offerEndsAt: later(7),
  verifiedAt: undefined,
  checkedAt: undefined,
  nextCheckAt: start,
  provedAt: undefined,
  lostAt: undefined,
  lastAnswer: undefined,
}
const verified: DomainRow = { ...waiting, state: 'verified', verifiedAt: start, provedAt: start }
const lost: DomainRow = { ...verified, state: 'lost', lostAt: later(10), provedAt: later(9) }
const disputed: DomainRow = { ...waiting, state: 'disputed', provedAt: start }

const look = (row: DomainRow, answer: DnsAnswer, at: { days: number; isHeld?: boolean }) =>
  afterLook(row, answer, { now: later(at.days), isHeld: at.isHeld ?? false })

describe('what a look changes', () => {
  test.each<[string, DomainRow, DnsAnswer, { days: number; isHeld?: boolean }, string]>([
    ['waiting and found', waiting, 'found', { days: 1 }, 'verified'],
    ['waiting and found, though another has it', waiting, 'found', { days: 1, isHeld: true }, 'disputed'],
    ['waiting and not there', waiting, 'none', { days: 1 }, 'waiting'],
    ['waiting and no answer', waiting, 'timeout', { days: 1 }, 'waiting'],
    ['waiting when the time is over', waiting, 'none', { days: 7 }, 'expired'],
    ['waiting and found at the last moment', waiting, 'found', { days: 7 }, 'verified'],
    ['verified and found', verified, 'found', { days: 1 }, 'verified'],
    ['verified and gone', verified, 'none', { days: 1 }, 'lost'],
    ['verified with another text', verified, 'other_text', { days: 1 }, 'lost'],
    ['verified and no answer for an hour', verified, 'timeout', { days: 1 }, 'verified'],
    ['verified and SERVFAIL for two days', verified, 'failed', { days: 2 }, 'lost'],
    ['lost and found again', lost, 'found', { days: 12 }, 'verified'],
    ['lost and found again, though another has proved it', lost, 'found', { days: 12, isHeld: false }, 'verified'],
    ['lost on the sixth day', lost, 'none', { days: 16.9 }, 'lost'],
    ['lost on the seventh day', lost, 'none', { days: 17 }, 'expired'],
    ['disputed and still there', disputed, 'found', { days: 1, isHeld: true }, 'disputed'],
    ['disputed until nobody has it', disputed, 'found', { days: 1 }, 'verified'],
    ['disputed and no answer after the offer', disputed, 'failed', { days: 9 }, 'disputed'],
    ['disputed and gone after the offer', disputed, 'none', { days: 9 }, 'expired'],
  ])('%s', (_, row, answer, at, state) => expect(look(row, answer, at).state).toBe(state))

  test('a lost one is looked at daily and at the moment when it stops counting', () => {
    const first = look(verified, 'none', { days: 1 })
    expect(first).toMatchObject({ lostAt: later(1), nextCheckAt: later(2) })
    expect(look({ ...verified, ...first }, 'none', { days: 7.5 }).nextCheckAt).toEqual(later(8))
  })

  test('one that waits is looked at often at first, and not after its offer has ended', () => {
    expect(look(waiting, 'none', { days: 0 }).nextCheckAt).toEqual(new Date(start.getTime() + 5 * 60_000))
    expect(look(waiting, 'none', { days: 2 }).nextCheckAt).toEqual(later(2.25))
    expect(look(waiting, 'none', { days: 6.9 }).nextCheckAt).toEqual(later(7))
  })

  test('the day of a loss is counted from one', () => {
    expect(dayOfLoss(start, later(0))).toBe(1)
    expect(dayOfLoss(start, later(3.5))).toBe(4)
    expect(dayOfLoss(start, later(30))).toBe(7)
  })
})
