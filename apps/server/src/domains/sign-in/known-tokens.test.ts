import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FoundSession, KnownTokens, newsOfIdentity } from './known-tokens.ts'

const hash = Buffer.from('hash')
const member = { id: 'ann', organisationId: 'company' }
const found = (more: object = {}) => ({ session: { isReplaced: false, ...more }, member }) as unknown as FoundSession

let tokens: KnownTokens
let asked: unknown[]
/** Notes with which owner it was asked. */
const finding =
  (answer: FoundSession | Promise<FoundSession>) =>
  async (owner: unknown): Promise<FoundSession> => {
    asked.push(owner)
    return answer
  }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  tokens = new KnownTokens()
  asked = []
})
afterEach(() => vi.useRealTimers())

test('what was read counts for a second; then it is asked again, by then of a known owner', async () => {
  await tokens.read(hash, finding(found()))
  vi.advanceTimersByTime(999)
  await tokens.read(hash, finding(found()))
  expect(asked).toEqual([undefined])
  vi.advanceTimersByTime(1)
  await tokens.read(hash, finding(found()))
  expect(asked).toEqual([undefined, { id: 'ann', organisationId: 'company' }])
})

test('after a change it is asked at once', async () => {
  await tokens.read(hash, finding(found()))
  tokens.forget()
  expect(await tokens.read(hash, finding({}))).toEqual({})
  expect(asked).toHaveLength(2)
})

test('what was read before a change and comes after it is not kept', async () => {
  let answer!: (read: FoundSession) => void
  const reading = tokens.read(hash, finding(new Promise<FoundSession>((resolve) => (answer = resolve))))
  tokens.forget()
  answer(found())
  await reading
  await tokens.read(hash, finding(found()))
  expect(asked).toHaveLength(2)
})

test('no session is no answer to keep, and neither is one whose token was replaced', async () => {
  await tokens.read(hash, finding({}))
  await tokens.read(hash, finding(found({ isReplaced: true })))
  await tokens.read(hash, finding(found()))
  expect(asked).toHaveLength(3)
})

test.each([
  'update "agent_sessions" set "seen_at" = $1',
  'insert into "members" ("id") values ($1) on conflict do nothing',
  'WITH gone AS (DELETE FROM security_policies WHERE name = $1 RETURNING id) SELECT count(*) FROM gone',
  'delete from "custom_roles" where "id" = $1',
  'UPDATE organisations\n   SET name = $1',
])('a statement that may change who may do what is news: %s', (text) => {
  expect(newsOfIdentity(text)).toBe('identity')
})

test.each([
  'select "id" from "agent_sessions" where "id" = $1 for update',
  'SELECT 1 FROM members FOR UPDATE OF members',
  'insert into "members_seen" ("id") values ($1)',
  'insert into "events" ("name") select "name" from "members"',
])('one that does not is none: %s', (text) => {
  expect(newsOfIdentity(text)).toBeUndefined()
})
