import { randomUUID } from 'node:crypto'
import type { OrganisationId } from '@clew/contract/primitives'
import type { Hold, RetentionHistory, RetentionOverview, RetentionPreview } from '@clew/contract/retention'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, dayMs, keptIn } from '../../testkit/kept.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { isGenuine } from './certificate.ts'

let world: World
let team: OrganisationId
let kept: ReturnType<typeof keptIn>
beforeAll(async () => {
  world = await createWorld()
  kept = keptIn(world)
  team = await world.supportTeam()
})
afterAll(() => world.close())

test('a conversation goes with everything that hangs on it, in every room and in the store', async () => {
  const a = await kept.company()
  const [old, young] = [await kept.wrote(a, 'old@a.example', 'vellichor'), await kept.wrote(a, 'young@a.example')]
  await kept.age(old.id, 400)
  await kept.keep(a.id, 'conversation', 365)
  const key = await kept.keyOf(old.fileId)
  expect(await kept.stored()).toContain(key)

  const done = await kept.run(a)
  expect(done.of('conversation')).toMatchObject({ deleted: { count: 1 }, held: { count: 0 } })
  expect([await kept.isThere(old.id), await kept.isThere(young.id)]).toEqual([false, true])
  expect(await kept.leftOf('conversation_id', old.id)).toEqual([])
  expect(await kept.leftOf('contact_id', old.contact.id)).toEqual([])
  expect(await world.rows('SELECT 1 FROM contacts WHERE id = $1', [old.contact.id])).toEqual([])
  expect(
    await world.rows(`SELECT 1 FROM events WHERE payload::text LIKE '%' || $1 || '%' AND contact_id IS NOT NULL`, [
      old.id,
    ]),
  ).toEqual([])
  expect(await world.rows(`SELECT 1 FROM messages WHERE body LIKE '%vellichor%'`)).toEqual([])
  await expect.poll(kept.stored, { timeout: 10_000 }).not.toContain(key)
})

test('an attachment goes: its bytes, its name, and the links to it; the message stays', async () => {
  const a = await kept.company()
  const old = await kept.wrote(a, 'sender@a.example')
  await kept.age(old.id, 100)
  await kept.keep(a.id, 'attachment', 90)
  const key = await kept.keyOf(old.fileId)
  const done = await kept.run(a)
  expect(done.of('attachment')).toMatchObject({ deleted: { count: 1, bytes: 18 } })
  expect(await kept.isThere(old.id)).toBe(true)
  expect(await world.rows('SELECT state, name, sha256 FROM files WHERE id = $1', [old.fileId])).toEqual([
    { state: 'gone', name: '—', sha256: '' },
  ])
  expect(
    await world.rows(`SELECT 1 FROM messages WHERE content::text LIKE '%passport%' AND conversation_id = $1`, [old.id]),
  ).toEqual([])
  await expect.poll(kept.stored, { timeout: 10_000 }).not.toContain(key)
})

test('usage, sessions and the audit log go by their own age, and what is younger stays', async () => {
  const a = await kept.company()
  const then = new Date(world.clock.now().getTime() - 50 * dayMs)
  await world.rows(
    `INSERT INTO usage_records (organisation_id, report_id, content_hash, meter, quantity, at, received_at)
     VALUES ($1, 'old', '\\x00', 'tokens', 1, $2, $2), ($1, 'new', '\\x00', 'tokens', 1, $3, $3)`,
    [a.id, then, world.clock.now()],
  )
  const gone = await world.member(a.id, 'admin')
  await world.rows('UPDATE agent_sessions SET expires_at = $2 WHERE member_id = $1', [gone.id, then])
  for (const kind of ['usage', 'session']) await kept.keep(a.id, kind, 30)
  const done = await kept.run(a)
  expect([done.of('usage')?.deleted.count, done.of('session')?.deleted.count]).toEqual([1, 1])
  expect(await world.rows('SELECT report_id FROM usage_records WHERE organisation_id = $1', [a.id])).toEqual([
    { report_id: 'new' },
  ])
  expect(await world.rows('SELECT 1 FROM agent_sessions WHERE member_id = $1', [gone.id])).toEqual([])
  expect(await world.rows('SELECT 1 FROM agent_sessions WHERE member_id = $1', [a.owner.id])).toHaveLength(1)
})

test('the audit log goes as a whole beginning, and a hold of whatever kind keeps it from its date on', async () => {
  const a = await kept.company()
  const fresh = await kept.signedIn(a.id)
  await fresh.api('POST', '/retention/dry-run')
  await kept.keep(a.id, 'audit', 30)
  world.clock.advance(40 * dayMs)
  const later = await kept.signedIn(a.id)
  const hold = await later.api<{ id: string }>('POST', '/holds', {
    name: 'Inquiry',
    reason: 'court',
    memberIds: [fresh.owner.id],
  })
  expect(hold.status).toBe(201)
  expect((await kept.run(a)).of('audit')).toMatchObject({ deleted: { count: 0 } })
  await (await kept.signedIn(a.id)).api('POST', `/holds/${hold.body.id}/release`, { reason: 'over' })
  expect((await kept.run(a)).of('audit')?.deleted.count).toBeGreaterThan(0)
  const first = await world.rows('SELECT min(occurred_at) AS at FROM audit_events WHERE organisation_id = $1', [a.id])
  expect(Number(first[0]?.['at'])).toBeGreaterThan(world.clock.now().getTime() - 30 * dayMs)
})

test("an organisation's own word comes first, then the support team's, then the product's", async () => {
  const [own, none, support] = [await kept.company(), await kept.company(), await kept.company(team)]
  const of = async ({ api }: Company) =>
    (await api<RetentionOverview>('GET', '/retention')).body.classes.find((each) => each.class === 'usage')
  expect(await of(none)).toMatchObject({ keepDays: null, of: 'built_in', version: 0 })
  await kept.keep(team, 'usage', 1000)
  await kept.keep(own.id, 'usage', 200)
  expect(await of(own)).toMatchObject({ keepDays: 200, of: 'own', version: 1 })
  expect(await of(none)).toMatchObject({ keepDays: 1000, of: 'team', version: 0 })
  expect(await of(support)).toMatchObject({ keepDays: 1000, of: 'own' })
  await world.rows(`DELETE FROM retention_policies WHERE organisation_id = $1`, [team])
})

test("a run of one organisation leaves the others' rows, and the team's takes those of nobody", async () => {
  const [a, b, support] = [await kept.company(), await kept.company(), await kept.company(team)]
  const [ofA, ofB, ofNobody] = [
    await kept.wrote(a, 'x@a.example'),
    await kept.wrote(b, 'x@b.example'),
    await kept.wrote({ id: undefined }, 'x@nobody.example'),
  ]
  for (const { id } of [ofA, ofB, ofNobody]) await kept.age(id, 40)
  await kept.keep(a.id, 'conversation', 30)
  await kept.run(a)
  expect([await kept.isThere(ofA.id), await kept.isThere(ofB.id), await kept.isThere(ofNobody.id)]).toEqual([
    false,
    true,
    true,
  ])
  await kept.keep(team, 'conversation', 30)
  await kept.run(support)
  expect([await kept.isThere(ofB.id), await kept.isThere(ofNobody.id)]).toEqual([true, false])
  // The same word holds for whoever has none, in a run of their own.
  await kept.run(b)
  expect(await kept.isThere(ofB.id)).toBe(false)
  await world.rows(`DELETE FROM retention_policies WHERE organisation_id = $1`, [team])
})

test('a shorter time asks for what it deletes, comes into force after seven days and can be taken back', async () => {
  const a = await kept.company()
  const old = await kept.wrote(a, 'p@a.example')
  await kept.age(old.id, 60)
  const preview = await a.api<RetentionPreview>('POST', '/retention/preview', { class: 'conversation', keepDays: 30 })
  expect(preview.body).toMatchObject({
    from: null,
    to: 30,
    goes: { count: 1 },
    stays: { count: 0 },
    confirm: 'delete 1',
    openCases: { count: 1, some: [{ number: old.number }] },
  })
  expect(preview.body.ages.bars.reduce((sum, each) => sum + each.count, 0)).toBe(1)
  const put = (body: object) => a.api<{ code?: string }>('PUT', '/retention/conversation', body)
  expect((await put({ version: 0, keepDays: 30 })).body.code).toBe('retention.not_confirmed')
  expect((await put({ version: 0, keepDays: 30, confirm: 'delete 2' })).status).toBe(409)
  expect((await put({ version: 0, keepDays: 30, confirm: 'delete 1' })).status).toBe(204)
  expect((await put({ version: 0, keepDays: 20, confirm: 'delete 1' })).body.code).toBe('retention.conflict')
  await kept.run(a)
  expect(await kept.isThere(old.id)).toBe(true)
  const conversation = (await a.api<RetentionOverview>('GET', '/retention')).body.classes.find(
    (each) => each.class === 'conversation',
  )
  expect(conversation?.pending).toMatchObject({ keepDays: 30 })
  expect((await a.api('DELETE', '/retention/conversation/pending')).status).toBe(204)
  expect((await a.api('DELETE', '/retention/conversation/pending')).status).toBe(409)
  expect((await put({ version: 1, keepDays: 30, confirm: 'delete 1' })).status).toBe(204)
  world.clock.advance(8 * dayMs)
  await kept.run(a)
  expect(await kept.isThere(old.id)).toBe(false)
  // A longer one holds at once.
  const later = await kept.signedIn(a.id)
  expect((await later.api('PUT', '/retention/conversation', { version: 2, keepDays: 365 })).status).toBe(204)
  const now = (await later.api<RetentionOverview>('GET', '/retention')).body.classes.find(
    (each) => each.class === 'conversation',
  )
  expect(now).toMatchObject({ keepDays: 365, version: 3 })
  expect(now?.pending).toBeUndefined()
})

test('the history says who changed what and when, what held until then, and who took it back', async () => {
  const a = await kept.company()
  await kept.keep(team, 'usage', 1000)
  const history = async () => (await a.api<RetentionHistory>('GET', '/retention/history')).body.changes
  expect(await history()).toEqual([])
  for (const [version, keepDays] of [
    [0, 2000],
    [1, 500],
  ] as const)
    expect((await a.api('PUT', '/retention/usage', { version, keepDays })).status).toBe(204)
  const second = await kept.signedIn(a.id)
  expect((await second.api('DELETE', '/retention/usage/pending')).status).toBe(204)
  expect((await second.api('PUT', '/retention/usage', { version: 2, keepDays: null })).status).toBe(204)
  const at = world.clock.now().toISOString()
  expect(await history()).toMatchObject([
    { version: 3, from: 2000, fromOf: 'own', keepDays: null, by: second.owner.name, effectiveAt: at },
    { version: 2, from: 2000, fromOf: 'own', keepDays: 500, by: a.owner.name, takenBackBy: second.owner.name },
    { version: 1, from: 1000, fromOf: 'team', keepDays: 2000, by: a.owner.name, at },
  ])
  const audited = await world.rows(
    `SELECT body::jsonb -> 'changes' -> 0 ->> 'old' AS old FROM audit_events
      WHERE organisation_id = $1 AND action = 'retention.policy_changed' ORDER BY seq`,
    [a.id],
  )
  expect(audited.map(({ old }) => old)).toEqual(['1000', '2000', null, '2000'])
  const b = await kept.company()
  expect((await b.api<RetentionHistory>('GET', '/retention/history')).body.changes).toEqual([])
  await world.rows(`DELETE FROM retention_policies WHERE organisation_id = $1`, [team])
})

test('of two who change the same at once one is refused', async () => {
  const a = await kept.company()
  const answers = await Promise.all(
    [10, 20].map((keepDays) => a.api('PUT', '/retention/usage', { version: 0, keepDays })),
  )
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 409])
})

test('the certificate of a run checks, and one that was changed does not', async () => {
  const a = await kept.company()
  const old = await kept.wrote(a, 'c@a.example')
  await kept.age(old.id, 40)
  await kept.keep(a.id, 'conversation', 30)
  const { certificate } = await kept.run(a)
  expect(certificate.verified).toBe(true)
  const statement = JSON.parse(certificate.statement)
  expect(statement).toMatchObject({ kind: 'retention_run', organisation: a.id, tombstones: { count: 1 } })
  const asStored = { ...certificate, signature: Buffer.from(certificate.signature, 'base64url') }
  expect(isGenuine(asStored, certificate.tombstones)).toBe(true)
  const fewer = certificate.statement.replace('"deleted":1', '"deleted":0')
  expect(fewer).not.toBe(certificate.statement)
  expect(isGenuine({ ...asStored, statement: fewer }, certificate.tombstones)).toBe(false)
  expect(isGenuine(asStored, [])).toBe(false)
  const b = await kept.company()
  expect((await b.api('GET', `/retention/certificates/${certificate.id}`)).status).toBe(404)
})

test('a run that is killed goes on where it was, and counts nothing twice', async () => {
  const a = await kept.company()
  const olds = []
  for (let i = 0; i < 3; i += 1) olds.push(await kept.wrote(a, `k${i}@a.example`))
  for (const { id } of olds) await kept.age(id, 40)
  await kept.keep(a.id, 'conversation', 30)
  const runId = randomUUID()
  await world.rows(`INSERT INTO retention_runs VALUES ($1, $2, 'schedule', NULL, 'running', $3, NULL)`, [
    runId,
    a.id,
    world.clock.now(),
  ])
  await world.rows(
    `INSERT INTO retention_steps (run_id, organisation_id, class, policy_of, policy_version, keep_days, before)
     VALUES ($1, $2, 'conversation', 'own', 1, 30, $3)`,
    [runId, a.id, new Date(world.clock.now().getTime() - 30 * dayMs)],
  )
  // Two processes take it up at once, as after a kill whose job was handed on too early.
  await Promise.all([kept.runJob('retention.run', { runId }), kept.runJob('retention.run', { runId })])
  await kept.runJob('retention.run', { runId })
  expect(await world.rows('SELECT deleted FROM retention_steps WHERE run_id = $1', [runId])).toEqual([{ deleted: '3' }])
  expect(await world.rows('SELECT 1 FROM retention_certificates WHERE of_id = $1', [runId])).toHaveLength(1)
  expect(await world.rows('SELECT 1 FROM retention_tombstones WHERE of_id = $1', [runId])).toHaveLength(3)
})

test('the night runs by itself where something is due, and twice a night changes nothing', async () => {
  const a = await kept.company()
  const old = await kept.wrote(a, 'n@a.example')
  await kept.age(old.id, 40)
  await kept.keep(a.id, 'conversation', 30)
  await kept.runJob('retention.begin_runs')
  await expect.poll(() => kept.isThere(old.id), { timeout: 20_000 }).toBe(false)
  await expect
    .poll(() => world.rows(`SELECT state FROM retention_runs WHERE organisation_id = $1`, [a.id]), { timeout: 20_000 })
    .toEqual([{ state: 'done' }])
  await kept.runJob('retention.begin_runs')
  expect(await world.rows('SELECT 1 FROM retention_runs WHERE organisation_id = $1', [a.id])).toHaveLength(1)
})

test('nobody but who may reads or changes anything', async () => {
  const a = await kept.company()
  const plain = await world.member(a.id, 'member')
  const auditor = await world.member(a.id, 'auditor')
  const as = async (who: typeof plain, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
    (
      await world.app.inject({
        method,
        url: `/api/v1/console${path}`,
        headers: who.headers,
        ...(payload ? { payload } : {}),
      })
    ).statusCode
  for (const path of ['/retention', '/retention/runs', '/retention/history', '/holds'])
    expect([await as(plain, 'GET', path), await as(auditor, 'GET', path)], path).toEqual([403, 200])
  expect(await as(auditor, 'POST', '/holds', { name: 'x', reason: 'y', everything: true })).toBe(403)
  expect(await as(auditor, 'PUT', '/retention/usage', { version: 0, keepDays: 1 })).toBe(403)
  expect(await as(auditor, 'POST', '/erasures', { address: 'a@b.example', confirm: 'x' })).toBe(403)
})

test('a hold is listed with what it keeps, needs another to agree, and stays on record', async () => {
  const a = await kept.company()
  const held = await kept.wrote(a, 'dora@a.example')
  const placed = await a.api<{ id: string }>('POST', '/holds', {
    name: 'Aegis Star',
    reason: 'cargo claim',
    addresses: ['Dora@a.example'],
  })
  expect(placed.status).toBe(201)
  const [hold] = (await a.api<{ holds: Hold[] }>('GET', '/holds')).body.holds
  expect(hold).toMatchObject({ name: 'Aegis Star', isOwn: true, placedBy: a.owner.name })
  expect(hold?.holds).toContainEqual({ class: 'conversation', count: 1 })
  expect((await a.api<{ code: string }>('POST', `/holds/${placed.body.id}/agreement`)).body.code).toBe('hold.own')
  const second = await kept.signedIn(a.id)
  expect((await second.api('POST', `/holds/${placed.body.id}/agreement`)).status).toBe(204)
  expect((await a.api('POST', '/holds', { name: 'x', reason: 'y' })).status).toBe(422)
  expect((await a.api('POST', '/holds', { name: 'x', reason: 'y', conversationNumbers: [999_999] })).status).toBe(422)
  const b = await kept.company()
  expect((await b.api('POST', '/holds', { name: 'x', reason: 'y', conversationNumbers: [held.number] })).status).toBe(
    422,
  )
  expect((await b.api('POST', '/holds', { name: 'x', reason: 'y', memberIds: [a.owner.id] })).status).toBe(404)
  expect((await b.api('POST', `/holds/${placed.body.id}/release`, { reason: 'z' })).status).toBe(404)
  expect((await a.api('POST', `/holds/${placed.body.id}/release`, { reason: 'settled' })).status).toBe(204)
  expect((await a.api('POST', `/holds/${placed.body.id}/release`, { reason: 'settled' })).status).toBe(409)
  expect((await a.api<{ holds: Hold[] }>('GET', '/holds')).body.holds[0]).toMatchObject({
    releaseReason: 'settled',
    holds: [],
  })
})
