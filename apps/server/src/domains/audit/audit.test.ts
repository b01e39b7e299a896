import { Buffer } from 'node:buffer'
import { type Permission, permissions } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyChains } from '../../audit-command.ts'
import type { MemberActor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { hashOf } from './chain.ts'
import { storedChain } from './chain-source.ts'
import { readCopies } from './copies.ts'
import { eraseAuditPerson, recordAudit, recordAuditNow, recordRead, verifyOrganisation } from './index.ts'
import { appendDrafts } from './repository.ts'
import { checkAndSignAll } from './use-cases/check-and-sign.ts'
import { purgeAuditBefore } from './use-cases/purge-before.ts'
import { listEvents, listRecent, readEvent, readOverview } from './use-cases/read-log.ts'
import { verifyNow } from './use-cases/verify-now.ts'
import { verifyChain } from './verify-chain.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

let made = 0
const newId = <T extends string>(): T => {
  made += 1
  return `0190b000-0000-7000-8000-${String(made).padStart(12, '0')}` as T
}

let organisationId: OrganisationId
let petros: MemberActor
beforeEach(() => {
  organisationId = newId<OrganisationId>()
  petros = memberOf('Petros Dimou')
})

const memberOf = (name: string, may: readonly Permission[] = permissions, of = organisationId): MemberActor => ({
  type: 'member',
  id: newId<MemberId>(),
  name,
  role: 'owner',
  organisationId: of,
  isSupport: false,
  permissions: new Set(may),
})

const ctxOf = (actor: MemberActor): Ctx => world.as(actor)
const system = (): Ctx => world.clew.newCtx('test')
const parts = () => world.clew.house.audit
const leda = { type: 'member', id: '0190c000-0000-7000-8000-000000000001', name: 'Leda Stathi' }

/** So many changes of roles, each in its transaction. */
async function grantRoles(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1)
    await ctxOf(petros).transaction(async (tx) =>
      recordAudit(tx, {
        action: 'role.granted',
        targets: [leda],
        changes: [
          { field: 'role', old: 'member', new: `role ${i}` },
          { field: 'email', old: 'a@x.example', new: 'leda@halcyon.example', personal: true },
        ],
      }),
    )
}

/** How many checkpoints the job has laid down in the second place. */
const copied = async (of: OrganisationId): Promise<number> => {
  const now = world.clock.now()
  return (await readCopies(parts().copies, of, { from: now, to: now })).length
}

const verify = async () => (await verifyOrganisation(system(), organisationId, { parts: parts() })).fault

/** Past every wall, as somebody could who has the database's own superuser. */
async function tamper(...statements: (readonly [text: string, values?: unknown[]])[]): Promise<void> {
  const client = new pg.Client(world.connection)
  await client.connect()
  try {
    await client.query(`BEGIN; SET LOCAL session_replication_role = replica`)
    for (const [text, values] of statements) await client.query(text, [organisationId, ...(values ?? [])])
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

describe('recording', () => {
  test('an event says who, what, to whom, from where, and is linked to the one before', async () => {
    await grantRoles(2)
    const { events } = await listEvents(ctxOf(petros), { limit: 10 })
    expect(events.map(({ seq }) => seq)).toEqual([2, 1])
    expect(events[0]).toMatchObject({
      organisationId,
      action: 'role.granted',
      actor: { type: 'member', id: petros.id, name: 'Petros Dimou' },
      targets: [leda],
      outcome: 'success',
      changes: [
        { field: 'role', old: 'member', new: 'role 1' },
        { field: 'email', old: 'a@x.example', new: 'leda@halcyon.example' },
      ],
      prevHash: events[1]?.hash,
      isErased: false,
    })
    const [row] = await world.rows('SELECT body FROM audit_events WHERE organisation_id = $1 AND seq = 1', [
      organisationId,
    ])
    for (const personal of ['Leda', 'Petros', 'halcyon.example']) expect(row?.['body']).not.toContain(personal)
  })

  test('several of one transaction keep their order, and go with it when it fails', async () => {
    await ctxOf(petros).transaction(async (tx) => {
      recordAudit(tx, { action: 'user.invited', targets: [leda] })
      recordAudit(tx, { action: 'seat.assigned', targets: [leda] })
    })
    const failing = ctxOf(petros).transaction(async (tx) => {
      recordAudit(tx, { action: 'user.removed', targets: [leda] })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await recordAuditNow(ctxOf(petros), { action: 'user.removed', outcome: 'denied', reason: 'permission.denied' })
    const { events } = await listEvents(ctxOf(petros), { limit: 10 })
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'user.removed denied',
      'seat.assigned success',
      'user.invited success',
    ])
  })

  test('many at once make one unbroken chain', async () => {
    await Promise.all(Array.from({ length: 20 }, () => grantRoles(1)))
    expect(await verifyOrganisation(system(), organisationId, { parts: parts() })).toMatchObject({
      fault: undefined,
      count: 20,
    })
  })

  test('whatever text there is: no NUL, no half characters, no trouble', async () => {
    await recordAuditNow(ctxOf(petros), {
      action: 'settings.changed',
      targets: [{ type: 'x', id: 'a\u0000b', name: 'Νίκος \ud800 "quoted" \u2028' }],
      metadata: { text: '\u0000\udfff ok', number: Number.NaN, deep: [{ a: undefined, b: 1e21 }] },
    })
    expect(await verify()).toBeUndefined()
    const { events } = await listEvents(ctxOf(petros), { text: 'νικος', limit: 1 })
    expect(events[0]).toMatchObject({
      targets: [{ id: 'ab' }],
      metadata: { text: '\ufffd ok', number: null, deep: [{ b: 1e21 }] },
    })
  })

  test('a member writes into no other organisation, and a contact into none', async () => {
    const foreign = ctxOf(petros).transaction(async (tx) =>
      recordAudit(tx, { action: 'user.invited', organisationId: newId<OrganisationId>() }),
    )
    await expect(foreign).rejects.toThrow(/in the name of another/)
    // And where the code forgets, the database does not.
    const past = ctxOf(petros).transaction((tx) => appendDrafts(tx, newId<OrganisationId>(), []))
    await expect(past).rejects.toThrow(/does not write/)
    const contact = await world.contact()
    const byContact = contact.ctx.transaction(async (tx) => recordAudit(tx, { action: 'user.invited', organisationId }))
    await expect(byContact).rejects.toThrow(/permission denied/)
    await expect(contact.ctx.transaction(async (tx) => recordAudit(tx, { action: 'user.invited' }))).rejects.toThrow(
      /whose/,
    )
    const agent = await world.agent()
    await agent.ctx.transaction(async (tx) =>
      recordAudit(tx, { action: 'case.viewed_by_admin', organisationId, targets: [{ type: 'case', id: 'C-1' }] }),
    )
    expect((await listEvents(ctxOf(petros), { limit: 5 })).events).toMatchObject([
      { actor: { type: 'agent', id: agent.id } },
    ])
  })

  test('the same sensitive read by the same person is one event in ten minutes', async () => {
    const read = () =>
      ctxOf(petros).transaction((tx) =>
        recordRead(tx, { action: 'attachment.downloaded', target: { type: 'file', id: 'f1', name: 'a.har' } }),
      )
    await read()
    await read()
    world.clock.advance(11 * 60_000)
    await read()
    expect((await listEvents(ctxOf(petros), { target: 'f1', limit: 5 })).events).toHaveLength(2)
  })
})

describe('nothing is changed afterwards', () => {
  test.each(['member', 'system', 'owner of the tables'])('by the %s', async (who) => {
    await grantRoles(1)
    const attempts = [
      'UPDATE audit_events SET body = body',
      'DELETE FROM audit_events',
      'TRUNCATE audit_events',
      'UPDATE audit_heads SET seq = 0',
      `INSERT INTO audit_events (organisation_id, seq, id, body, prev_hash, hash) SELECT organisation_id, 99, gen_random_uuid(), body, prev_hash, hash FROM audit_events`,
      'DELETE FROM audit_personal',
      `UPDATE audit_personal SET value = 'x'`,
    ]
    for (const text of attempts) {
      if (who === 'owner of the tables') {
        if (/heads|INSERT|DELETE FROM audit_personal/.test(text)) continue
        await expect(world.rows(text), text).rejects.toThrow(/only added to|only erased/)
        continue
      }
      const ctx = who === 'member' ? ctxOf(petros) : system()
      const attempt = ctx.transaction((tx) =>
        sqlOf(tx).executeQuery({ sql: text, parameters: [], query: { kind: 'RawNode' } } as never),
      )
      await expect(attempt, text).rejects.toThrow(/permission denied|only erased/)
    }
  })

  test('a member sees their own organisation only, whatever is asked', async () => {
    await grantRoles(1)
    const stranger = memberOf('Mallory', permissions, newId<OrganisationId>())
    await ctxOf(stranger).transaction(async (tx) => {
      const db = sqlOf(tx)
      for (const table of [
        'audit_events',
        'audit_personal',
        'audit_event_targets',
        'audit_heads',
        'audit_checkpoints',
        'audit_checks',
      ] as const)
        expect(await db.selectFrom(table).select('organisation_id').execute(), table).toEqual([])
    })
    await expect(
      ctxOf(stranger).transaction((tx) => sqlOf(tx).selectFrom('audit_keys').selectAll().execute()),
    ).rejects.toThrow(/permission denied/)
  })
})

describe('tampering with the rows is found and named', () => {
  const rows = () =>
    world.rows('SELECT seq::int, body, prev_hash, hash FROM audit_events WHERE organisation_id = $1 ORDER BY seq', [
      organisationId,
    ]) as Promise<{ seq: number; body: string; prev_hash: Buffer; hash: Buffer }[]>
  beforeEach(async () => {
    await grantRoles(8)
    await checkAndSignAll(system(), parts())
    await grantRoles(2)
    expect(await verify()).toBeUndefined()
  })

  test('edited', async () => {
    await tamper([
      `UPDATE audit_events SET body = replace(body, 'role 3', 'role 9') WHERE organisation_id = $1 AND seq = 4`,
    ])
    expect(await verify()).toEqual({ kind: 'edited', seq: 4 })
  })
  test('edited beside the chain', async () => {
    await tamper([
      `UPDATE audit_personal SET value = '{"name":"Nobody"}' WHERE organisation_id = $1 AND seq = 5 AND part = 'actor'`,
    ])
    expect(await verify()).toEqual({ kind: 'edited', seq: 5 })
  })
  test('removed', async () => {
    await tamper([`DELETE FROM audit_events WHERE organisation_id = $1 AND seq = 4`])
    expect(await verify()).toEqual({ kind: 'removed', seq: 4 })
  })
  test('inserted', async () => {
    const all = await rows()
    const prev = all[3]?.hash ?? Buffer.alloc(32)
    const body = (all[4]?.body ?? '').replace('role 4', 'role 7').replace(/"id":"[^"]+"/, `"id":"${newId()}"`)
    await tamper(
      [`UPDATE audit_events SET seq = seq + 1000 WHERE organisation_id = $1 AND seq >= 5`],
      [`UPDATE audit_events SET seq = seq - 999 WHERE organisation_id = $1 AND seq > 1000`],
      [
        `INSERT INTO audit_events (organisation_id, seq, id, body, prev_hash, hash) VALUES ($1, 5, gen_random_uuid(), $2, $3, $4)`,
        [body, prev, hashOf(prev, body)],
      ],
    )
    expect(await verify()).toEqual({ kind: 'inserted', seq: 5 })
  })
  test('swapped', async () => {
    await tamper(
      [`UPDATE audit_events SET seq = 1003 WHERE organisation_id = $1 AND seq = 3`],
      [`UPDATE audit_events SET seq = 3 WHERE organisation_id = $1 AND seq = 6`],
      [`UPDATE audit_events SET seq = 6 WHERE organisation_id = $1 AND seq = 1003`],
    )
    expect(await verify()).toEqual({ kind: 'swapped', seq: 3 })
  })
  test('truncated, with the head made to agree', async () => {
    await tamper([`DELETE FROM audit_events WHERE organisation_id = $1 AND seq > 9`])
    expect(await verify()).toEqual({ kind: 'truncated', seq: 10 })
    await tamper(
      [`DELETE FROM audit_events WHERE organisation_id = $1 AND seq > 6`],
      [
        `UPDATE audit_heads SET seq = 6, hash = (SELECT hash FROM audit_events WHERE organisation_id = $1 AND seq = 6) WHERE organisation_id = $1`,
      ],
    )
    expect(await verify()).toEqual({ kind: 'truncated', seq: 7 })
  })
  test('fully rewritten, the checkpoints gone from the table too: the copies know', async () => {
    await expect.poll(() => copied(organisationId)).toBe(1)
    let prev: Buffer = Buffer.alloc(32)
    const statements: (readonly [string, unknown[]])[] = []
    for (const { seq, body } of await rows()) {
      const forged = body.replace(/"new":"role \d"/, '"new":"nothing"')
      const hash = hashOf(prev, forged)
      statements.push([
        `UPDATE audit_events SET body = $2, prev_hash = $3, hash = $4 WHERE organisation_id = $1 AND seq = $5`,
        [forged, prev, hash, seq],
      ])
      prev = hash
    }
    statements.push([`UPDATE audit_heads SET hash = $2 WHERE organisation_id = $1`, [prev]])
    await tamper(...statements)
    expect(await verify()).toEqual({ kind: 'rewritten', seq: 1 })
    await tamper([`DELETE FROM audit_checkpoints WHERE organisation_id = $1`])
    expect(await verify()).toEqual({ kind: 'rewritten', seq: 1 })
    await tamper(
      [`DELETE FROM audit_events WHERE organisation_id = $1`],
      [`DELETE FROM audit_heads WHERE organisation_id = $1`],
    )
    expect(await verify()).toEqual({ kind: 'truncated', seq: 1 })
  })
  test('an event added while the end is looked at is no tampering', async () => {
    const chain = await storedChain(system(), organisationId, { parts: parts() })
    async function* links() {
      yield* chain.links()
      await grantRoles(1)
    }
    const verdict = await verifyChain({ ...chain, links })
    expect(verdict).toMatchObject({ lastSeq: 10, fault: undefined })
    expect(await verify()).toBeUndefined()
  })
  test('a key of their own does not help: what is sealed cannot be put in its place', async () => {
    await tamper([`UPDATE audit_keys SET public_key = 'another' WHERE $1::uuid IS NOT NULL`])
    expect(await verify()).toBeUndefined()
  })
  test('what was found is an event itself, once, and nothing more is signed', async () => {
    await tamper([
      `UPDATE audit_events SET body = replace(body, 'role 9', 'role 8') WHERE organisation_id = $1 AND seq = 10`,
    ])
    const signed = () => world.rows('SELECT 1 FROM audit_checkpoints WHERE organisation_id = $1', [organisationId])
    const before = (await signed()).length
    await tamper([
      `UPDATE audit_events SET body = replace(body, 'member', 'nobody') WHERE organisation_id = $1 AND seq = 10`,
    ])
    await checkAndSignAll(system(), parts())
    await checkAndSignAll(system(), parts())
    expect((await signed()).length).toBe(before)
    const found = await listEvents(ctxOf(petros), { actions: 'audit.tampering_found', limit: 5 })
    expect(found.events).toMatchObject([{ reason: 'edited', metadata: { seq: 10 }, outcome: 'failure' }])
    expect((await readOverview(ctxOf(petros), parts())).check).toMatchObject({ fault: { kind: 'edited', seq: 10 } })
  })
  test('the command names the event and answers 1; for a whole log it answers 0', async () => {
    const said: string[] = []
    await world.rows(
      `INSERT INTO organisations (id, kind, name, slug, created_at) VALUES ($1, 'customer', 'Halcyon', $2, now())`,
      [organisationId, `halcyon-${made}`],
    )
    expect(await verifyChains(world.clew, `halcyon-${made}`, (line) => said.push(line))).toBe(0)
    await tamper([`DELETE FROM audit_events WHERE organisation_id = $1 AND seq = 4`])
    expect(await verifyChains(world.clew, `halcyon-${made}`, (line) => said.push(line))).toBe(1)
    expect(said[0]).toMatch(/: whole\. 10 events, 1 to 10, since .* 1 signature agrees\./)
    expect(said[1]).toMatch(/: event 4 was removed\.$/)
    await expect(verifyChains(world.clew, 'nobody', () => undefined)).rejects.toThrow(/no organisation nobody/)
  })
})

describe('people and time', () => {
  test('erasing a person leaves the chain whole, and nothing of them', async () => {
    await grantRoles(3)
    await recordAuditNow(ctxOf(petros), {
      action: 'auth.failed',
      outcome: 'failure',
      personal: { address: 'Leda@Halcyon.example' },
    })
    const who = { organisationId, personIds: [leda.id], addresses: ['leda@halcyon.example'] }
    const erased = await system().transaction((tx) => eraseAuditPerson(tx, who))
    expect(erased).toBe(7)
    const verdict = await verifyOrganisation(system(), organisationId, { parts: parts() })
    expect(verdict).toMatchObject({ fault: undefined, erased: 7 })
    const all = await world.rows('SELECT * FROM audit_personal WHERE organisation_id = $1', [organisationId])
    expect(JSON.stringify(all)).not.toMatch(/leda/i)
    const { events } = await listEvents(ctxOf(petros), { limit: 10 })
    expect(events.map(({ action }) => action)).toEqual([
      'audit.person_erased',
      'auth.failed',
      'role.granted',
      'role.granted',
      'role.granted',
    ])
    expect(events[4]).toMatchObject({ isErased: true, targets: [{ id: leda.id }], actor: { name: 'Petros Dimou' } })
    expect((await listEvents(ctxOf(petros), { text: 'leda', limit: 10 })).events).toEqual([])
  })

  test('a purge drops a whole beginning behind a signed checkpoint, and the rest can be checked', async () => {
    await grantRoles(4)
    await checkAndSignAll(system(), parts())
    world.clock.advance(40 * 86_400_000)
    await grantRoles(3)
    const before = new Date(world.clock.now().getTime() - 86_400_000)
    const purge = () => system().transaction((tx) => purgeAuditBefore(tx, organisationId, { before, parts: parts() }))
    expect(await purge()).toEqual({ purged: 4, firstSeq: 5 })
    expect(await purge()).toEqual({ purged: 0, firstSeq: 5, why: 'nothing_due' })
    expect(await verifyOrganisation(system(), organisationId, { parts: parts() })).toMatchObject({
      fault: undefined,
      firstSeq: 5,
      count: 4,
    })
    for (const table of ['audit_personal', 'audit_event_targets'])
      expect(
        await world.rows(`SELECT 1 FROM ${table} WHERE organisation_id = $1 AND seq < 5`, [organisationId]),
      ).toEqual([])
    await tamper(
      [`DELETE FROM audit_events WHERE organisation_id = $1 AND seq = 5`],
      [`UPDATE audit_heads SET first_seq = 6 WHERE organisation_id = $1`],
    )
    expect(await verify()).toEqual({ kind: 'removed', seq: 5 })
    expect(await purge()).toMatchObject({ purged: 0, why: 'tampered' })
  })

  test('no purge without its checkpoint, even for the system', async () => {
    await grantRoles(2)
    const attempt = system().transaction((tx) =>
      sqlOf(tx).executeQuery({
        sql: `SELECT audit_purge_prefix('${organisationId}', 1, '${newId()}')`,
        parameters: [],
        query: { kind: 'RawNode' },
      } as never),
    )
    await expect(attempt).rejects.toThrow(/no signed checkpoint/)
  })
})

describe('reading', () => {
  test('search by who, what, whom, how it went, when and words, page by page', async () => {
    await grantRoles(3)
    world.clock.advance(60_000)
    const nadia = memberOf('Nadia Georgiou')
    await recordAuditNow(ctxOf(nadia), {
      action: 'export.requested',
      outcome: 'denied',
      reason: 'export.not_allowed',
      targets: [{ type: 'export', id: 'x1' }],
    })
    const seqs = async (filter: Partial<Parameters<typeof listEvents>[1]>) =>
      (await listEvents(ctxOf(petros), { limit: 50, ...filter })).events.map(({ seq }) => seq)
    expect(await seqs({ actor: nadia.id })).toEqual([4])
    expect(await seqs({ actions: 'role.,group.' })).toEqual([3, 2, 1])
    expect(await seqs({ actions: 'export.requested' })).toEqual([4])
    expect(await seqs({ target: leda.id })).toEqual([3, 2, 1])
    expect(await seqs({ outcome: 'denied' })).toEqual([4])
    expect(await seqs({ from: world.clock.now().toISOString() })).toEqual([4])
    expect(await seqs({ to: world.clock.now().toISOString() })).toEqual([3, 2, 1])
    expect(await seqs({ text: 'GEORGIOU' })).toEqual([4])
    expect(await seqs({ text: 'leda role' })).toEqual([3, 2, 1])
    expect(await seqs({ text: '100%_nothing' })).toEqual([])
    const first = await listEvents(ctxOf(petros), { limit: 3 })
    expect(first).toMatchObject({ next: 2, matched: { count: 4, isMore: false } })
    expect(await seqs({ before: 2 })).toEqual([1])
    expect((await listRecent(ctxOf(petros))).events).toHaveLength(4)
  })

  test('an event shows where it stands in the chain', async () => {
    await grantRoles(2)
    await checkAndSignAll(system(), parts())
    const detail = await readEvent(ctxOf(petros), 1)
    expect(detail).toMatchObject({
      event: { seq: 1 },
      next: { seq: 2, agrees: true },
      checkpoint: { seq: 2 },
      around: [{ seq: 2 }],
    })
    await expect(readEvent(ctxOf(petros), 99)).rejects.toMatchObject({ code: 'audit.event_not_found' })
    const check = await verifyNow(ctxOf(petros), parts())
    expect(check).toMatchObject({ fromSeq: 1, seq: 2 })
    expect(await readOverview(ctxOf(petros), parts())).toMatchObject({
      count: 2,
      seq: 2,
      check,
      checkpoints: [{ seq: 2 }],
      streams: [],
      canExport: true,
    })
  })

  test('who may not read the log, may not', async () => {
    const plain = memberOf('Plain', ['members.read'])
    const ctx = ctxOf(plain)
    for (const attempt of [
      () => listEvents(ctx, { limit: 1 }),
      () => readEvent(ctx, 1),
      () => readOverview(ctx, parts()),
      () => verifyNow(ctx, parts()),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'permission.denied' })
  })
})
