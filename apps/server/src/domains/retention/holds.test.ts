import { randomUUID } from 'node:crypto'
import type { OrganisationId } from '@clew/contract/primitives'
import type { ErasurePreview, ErasureReceipt, RetentionCertificate } from '@clew/contract/retention'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, dayMs, keptIn } from '../../testkit/kept.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { lockDeleting, lockHolds } from './repository.holds.ts'
import { forgetPerson } from './use-cases/forget-person.ts'

let world: World
let team: OrganisationId
let kept: ReturnType<typeof keptIn>
beforeAll(async () => {
  world = await createWorld()
  kept = keptIn(world)
  team = await world.supportTeam()
})
afterAll(() => world.close())

const place = async ({ api }: Pick<Company, 'api'>, about: object): Promise<string> => {
  const placed = await api<{ id: string }>('POST', '/holds', { name: 'A claim', reason: 'court', ...about })
  expect(placed.status).toBe(201)
  return placed.body.id
}

/** A run that is there to be worked on, of one class. */
async function begun(organisationId: OrganisationId): Promise<string> {
  const runId = randomUUID()
  await world.rows(`INSERT INTO retention_runs VALUES ($1, $2, 'schedule', NULL, 'running', $3, NULL)`, [
    runId,
    organisationId,
    world.clock.now(),
  ])
  await world.rows(
    `INSERT INTO retention_steps (run_id, organisation_id, class, policy_of, policy_version, keep_days, before)
     VALUES ($1, $2, 'conversation', 'own', 1, 30, $3)`,
    [runId, organisationId, new Date(world.clock.now().getTime() - 30 * dayMs)],
  )
  return runId
}

test.each([
  ['an address', async (a: Company, of: { email: string }) => place(a, { addresses: [of.email] })],
  ['a case number', async (a: Company, of: { number: number }) => place(a, { conversationNumbers: [of.number] })],
  ['everything', async (a: Company) => place(a, { everything: true })],
  [
    'a member with that address',
    async (a: Company, of: { email: string }) => {
      const member = await world.member(a.id, 'member')
      await world.rows('UPDATE members SET email = $2 WHERE id = $1', [member.id, of.email])
      return place(a, { memberIds: [member.id] })
    },
  ],
  [
    'a group, by who was in it when it was placed',
    async (a: Company, of: { email: string }) => {
      const member = await world.member(a.id, 'member')
      await world.rows('UPDATE members SET email = $2 WHERE id = $1', [member.id, of.email])
      const groupId = randomUUID()
      await world.rows(
        `INSERT INTO member_groups (id, organisation_id, name, created_at, updated_at) VALUES ($1, $2, 'Claims', now(), now())`,
        [groupId, a.id],
      )
      await world.rows(
        `INSERT INTO group_members (group_id, member_id, organisation_id, added_at) VALUES ($1, $2, $3, now())`,
        [groupId, member.id, a.id],
      )
      const id = await place(a, { groupIds: [groupId] })
      await world.rows('DELETE FROM group_members WHERE group_id = $1', [groupId])
      return id
    },
  ],
])('a hold on %s keeps it from a run, with its file and its name, until it is released', async (_what, hold) => {
  const a = await kept.company()
  const held = await kept.wrote(a, `held-${randomUUID().slice(0, 8)}@a.example`)
  await kept.age(held.id, 60)
  for (const kind of ['conversation', 'attachment']) await kept.keep(a.id, kind, 30)
  const id = await hold(a, held)
  const first = await kept.run(a)
  expect(first.of('conversation')).toMatchObject({ deleted: { count: 0 }, held: { count: 1 } })
  expect(first.of('attachment')).toMatchObject({ deleted: { count: 0 }, held: { count: 1 } })
  expect(await kept.stored()).toContain(await kept.keyOf(held.fileId))
  await (await kept.signedIn(a.id)).api('POST', `/holds/${id}/release`, { reason: 'over' })
  expect((await kept.run(a)).of('conversation')).toMatchObject({ deleted: { count: 1 }, held: { count: 0 } })
})

test('a hold since a date keeps what is younger and lets go of what is older', async () => {
  const a = await kept.company()
  const [old, young] = [await kept.wrote(a, 's@a.example'), await kept.wrote(a, 's@a.example')]
  await kept.age(old.id, 300)
  await kept.age(young.id, 60)
  await kept.keep(a.id, 'conversation', 30)
  const since = new Date(world.clock.now().getTime() - 100 * dayMs).toISOString().slice(0, 10)
  await place(a, { addresses: ['s@a.example'], since })
  await kept.run(a)
  expect([await kept.isThere(old.id), await kept.isThere(young.id)]).toEqual([false, true])
})

test("a hold of the support team holds what it names in any organisation, and one of another's organisation does not", async () => {
  const [a, b, support] = [await kept.company(), await kept.company(), await kept.company(team)]
  const [mine, theirs] = [await kept.wrote(a, 'wide@a.example'), await kept.wrote(a, 'other@a.example')]
  for (const { id } of [mine, theirs]) await kept.age(id, 60)
  await kept.keep(a.id, 'conversation', 30)
  await place(support, { addresses: ['wide@a.example'] })
  await place(b, { everything: true, addresses: ['other@a.example'] })
  await kept.run(a)
  expect([await kept.isThere(mine.id), await kept.isThere(theirs.id)]).toEqual([true, false])
})

test('a hold on somebody of the support team keeps what they had a part in, captures included', async () => {
  const support = await kept.company(team)
  const agent = await world.agent()
  const held = await kept.wrote({ id: undefined }, 'asked@nobody.example')
  await world.rows('UPDATE conversations SET assignee_id = $2 WHERE id = $1', [held.id, agent.id])
  await world.rows(
    `INSERT INTO captures (id, conversation_id, contact_id, file_id, name, size_bytes, state, removed_in_browser, created_at)
     VALUES ($1, $2, $3, $4, 'a.har', 18, 'analysed', '[]', $5)`,
    [randomUUID(), held.id, held.contact.id, held.fileId, world.clock.now()],
  )
  await kept.age(held.id, 60)
  await place(support, { memberIds: [agent.id] })
  for (const kind of ['conversation', 'attachment', 'har']) await kept.keep(team, kind, 30)
  const done = await kept.run(support)
  for (const kind of ['conversation', 'attachment', 'har'])
    expect(done.of(kind), kind).toMatchObject({ deleted: { count: 0 }, held: { count: 1 } })
  await world.rows('DELETE FROM retention_policies WHERE organisation_id = $1', [team])
})

test('whoever places a hold first waits for nobody; a run that comes meanwhile waits, and deletes nothing of it', async () => {
  const a = await kept.company()
  const held = await kept.wrote(a, 'first@a.example')
  await kept.age(held.id, 60)
  await kept.keep(a.id, 'conversation', 30)
  const runId = await begun(a.id)
  let placed: Promise<string> | undefined
  let working: Promise<void> | undefined
  await kept.system().transaction(async (tx) => {
    // Somebody is about to delete, and holds the shared lock: the hold has to wait for them.
    await lockDeleting(tx, { owners: [], holders: [a.id] })
    placed = place(a, { addresses: ['first@a.example'] })
    await waitForLock()
    // The next deleter queues behind the hold.
    working = kept.runJob('retention.run', { runId })
    await waitForLock(2)
    expect(await world.rows('SELECT 1 FROM legal_holds WHERE organisation_id = $1', [a.id])).toEqual([])
  })
  await placed
  await working
  expect(await kept.isThere(held.id)).toBe(true)
  expect(await world.rows('SELECT deleted, held FROM retention_steps WHERE run_id = $1', [runId])).toEqual([
    { deleted: '0', held: '1' },
  ])
})

test('whoever deletes first is waited for; the hold then keeps what is left and says so', async () => {
  const a = await kept.company()
  const gone = await kept.wrote(a, 'second@a.example')
  await kept.age(gone.id, 60)
  await kept.keep(a.id, 'conversation', 30)
  const runId = await begun(a.id)
  let working: Promise<void> | undefined
  let placed: Promise<string> | undefined
  await kept.system().transaction(async (tx) => {
    await lockHolds(tx, a.id)
    working = kept.runJob('retention.run', { runId })
    await waitForLock()
    placed = place(a, { addresses: ['second@a.example'] })
    await waitForLock(2)
  })
  await working
  const id = await placed
  const [hold] = (await a.api<{ holds: { id: string; holds: { class: string }[] }[] }>('GET', '/holds')).body.holds
  expect(hold?.id).toBe(id)
  // The run was first in the queue, so it was gone before the hold was there, and the hold does not claim it.
  expect(await kept.isThere(gone.id)).toBe(false)
  expect(hold?.holds.some((each) => each.class === 'conversation')).toBe(false)
})

/** Until so many wait for an advisory lock. */
const waitForLock = (count = 1): Promise<void> =>
  expect
    .poll(async () => (await world.rows(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).length, {
      timeout: 10_000,
    })
    .toBeGreaterThanOrEqual(count)

test('with many who delete and many who hold at once, what was held when it was answered is never deleted', async () => {
  const a = await kept.company()
  const all: Awaited<ReturnType<typeof kept.wrote>>[] = []
  for (let i = 0; i < 24; i += 1) {
    const each = await kept.wrote(a, `race-${i}@a.example`)
    await kept.age(each.id, 60)
    all.push(each)
  }
  await kept.keep(a.id, 'conversation', 30)
  const runId = await begun(a.id)
  /** What was there in a moment after the hold was answered: it may never go again. */
  const promised: string[] = []
  const holder = async (mine: typeof all) => {
    for (const { number, id } of mine) {
      const answer = await a.api('POST', '/holds', { name: 'r', reason: 'r', conversationNumbers: [number] })
      if (answer.status === 201) promised.push(id)
    }
  }
  const people = async (mine: typeof all) => {
    for (const { contact, email } of mine)
      await forgetPerson(
        kept.system(),
        { proof: { address: email }, contactIds: [contact.id] },
        world.clew.house.forgetting,
      )
  }
  await Promise.all([
    holder(all.slice(0, 8)),
    holder(all.slice(8, 16)),
    people(all.slice(4, 10)),
    people(all.slice(14, 20)),
    kept.runJob('retention.run', { runId }),
    kept.runJob('retention.run', { runId }),
    kept.runJob('retention.run', { runId }),
  ])
  await kept.run(a).catch(() => undefined)
  for (const id of promised) expect(await kept.isThere(id), id).toBe(true)
  for (const { id } of all.slice(20)) expect(await kept.isThere(id), id).toBe(false)
})

test("a person's own erasure leaves what is held, says so, and goes on by itself after the hold", async () => {
  const a = await kept.company()
  const held = await kept.wrote(a, 'self@a.example')
  const id = await place(a, { conversationNumbers: [held.number] })
  const preview = await a.api<ErasurePreview>('POST', '/erasures/preview', { address: held.email })
  expect(preview.body).toMatchObject({ conversations: 0, messages: 0, files: 0, kept: 1 })
  const person = { proof: { address: held.email }, contactIds: [held.contact.id] }
  const erased = await forgetPerson(kept.system(), person, world.clew.house.forgetting)
  expect(erased).toMatchObject({ conversations: 0, kept: 1 })
  expect(await kept.isThere(held.id)).toBe(true)
  // There is no way in any more.
  expect(await world.rows('SELECT 1 FROM contact_sessions WHERE contact_id = $1', [held.contact.id])).toEqual([])
  await a.api('POST', `/holds/${id}/release`, { reason: 'over' })
  await expect.poll(() => kept.isThere(held.id), { timeout: 20_000 }).toBe(false)
  expect(await kept.leftOf('contact_id', held.contact.id)).toEqual([])
  const [row] = await world.rows('SELECT waiting_contacts, kept FROM erasures ORDER BY at DESC, id DESC LIMIT 1')
  expect(row).toEqual({ waiting_contacts: [], kept: 0 })
})

test('somebody is erased by an admin in one go, and of another organisation nothing', async () => {
  const [a, b] = [await kept.company(), await kept.company()]
  const [mine, theirs] = [await kept.wrote(a, 'both@x.example'), await kept.wrote(b, 'both@x.example')]
  const key = await kept.keyOf(mine.fileId)
  const preview = await a.api<ErasurePreview>('POST', '/erasures/preview', { address: 'Both@x.example' })
  expect(preview.body).toMatchObject({ conversations: 1, files: 1, kept: 0, confirm: 'erase both@x.example' })
  expect((await a.api('POST', '/erasures', { address: 'both@x.example', confirm: 'yes' })).status).toBe(409)
  const done = await a.api<ErasureReceipt>('POST', '/erasures', {
    address: 'both@x.example',
    confirm: 'erase both@x.example',
  })
  expect(done.status).toBe(201)
  expect([await kept.isThere(mine.id), await kept.isThere(theirs.id)]).toEqual([false, true])
  expect(await kept.stored()).not.toContain(key)
  expect(await kept.leftOf('contact_id', mine.contact.id)).toEqual([])
  const certificate = await a.api<RetentionCertificate>('GET', `/retention/certificates/${done.body.certificateId}`)
  expect(certificate.body.verified).toBe(true)
  expect(JSON.parse(certificate.body.statement)).toMatchObject({
    kind: 'erasure',
    asked_by: 'admin',
    erased: { conversations: 1 },
  })
  expect(certificate.body.statement).not.toContain('both@x.example')
  expect((await a.api('POST', '/erasures/preview', { address: 'both@x.example' })).status).toBe(404)
})

test('a colleague who has left is erased; one who has not is refused', async () => {
  const a = await kept.company()
  const colleague = await world.member(a.id, 'admin', 'Leda Stathi')
  const address = colleague.email.toLowerCase()
  await world.app.inject({ method: 'POST', url: '/api/v1/console/retention/dry-run', headers: colleague.headers })
  const erase = () => a.api<{ code?: string }>('POST', '/erasures', { address, confirm: `erase ${address}` })
  expect((await erase()).body.code).toBe('erasure.member_active')
  await world.rows('UPDATE members SET removed_at = now() WHERE id = $1', [colleague.id])
  expect(await erase()).toMatchObject({ status: 201 })
  expect(await world.rows('SELECT name, email FROM members WHERE id = $1', [colleague.id])).toEqual([
    { name: '—', email: `erased-${colleague.id}@erased.invalid` },
  ])
  expect(
    await world.rows(`SELECT 1 FROM audit_personal WHERE organisation_id = $1 AND value LIKE '%Leda%'`, [a.id]),
  ).toEqual([])
})
