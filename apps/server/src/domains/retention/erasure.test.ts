import { randomUUID } from 'node:crypto'
import type { ErasurePreview, ErasureReceipt, RetentionCertificate } from '@clew/contract/retention'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, keptIn } from '../../testkit/kept.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { recordAudit } from '../audit/index.ts'
import { connect, userSchemaId } from '../provisioning/testing/client.ts'
import { forgetPerson, previewForget } from './index.ts'

let world: World
let kept: ReturnType<typeof keptIn>
beforeAll(async () => {
  world = await createWorld()
  kept = keptIn(world)
  await world.supportTeam()
})
afterAll(() => world.close())

/** Every table in which one of these words stands, wherever in a row. */
async function tablesThatSay(words: readonly string[]): Promise<string[]> {
  const tables = await world.rows(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await world.rows(
      `SELECT 1 FROM ${String(name)} t WHERE EXISTS (
         SELECT 1 FROM unnest($1::text[]) AS w WHERE strpos(lower(to_jsonb(t)::text), w) > 0) LIMIT 1`,
      [words.map((each) => each.toLowerCase())],
    )
    if (rows.length > 0) found.push(String(name))
  }
  return found
}

async function withColleague() {
  const a = await kept.company()
  const scim = await connect(world, { organisationId: a.id })
  const mark = randomUUID().slice(0, 8)
  const [address, name, external] = [`mina-${mark}@gone.example`, `Mina Quist ${mark}`, `ext-${mark}`]
  const [first, ...others] = [
    await scim.user(address, {
      externalId: external,
      name: { formatted: name },
      displayName: name,
      phoneNumbers: [{ value: `+30 ${mark}`, type: 'work' }],
    }),
    await scim.user(`other-${randomUUID().slice(0, 8)}@stays.example`),
  ]
  return { a, scim, mark, address, name, id: String(first.id), other: others[0] }
}

test('a colleague goes from every table, also from what their identity provider said and asked', async () => {
  const { a, scim, mark, address, name, id, other } = await withColleague()
  const by = (word: string) => `${word}-${mark}`
  // What an identity provider says of them: alone, with others, refused, looked for.
  const group = await scim.group('Night crew', [id, other.id])
  await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: by('Bosun') }])
  await scim.post('/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [
      {
        method: 'PATCH',
        path: `/Users/${id}`,
        data: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op: 'replace', path: 'nickName', value: by('Mini') }],
        },
      },
    ],
  })
  await scim.post('/Users', { schemas: [userSchemaId], userName: address })
  await scim.put(`/Groups/${group.id}`, {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Crew',
    members: [{ value: id, display: name }, { value: other.id }],
  })
  await scim.send('DELETE', `/Users/${randomUUID()}?attributes=${address}`)
  // What they tried themselves, and what others wrote of them.
  await world.app.inject({ method: 'POST', url: '/api/v1/session', payload: { email: address, password: 'wrong one' } })
  await world.rows(`INSERT INTO known_devices VALUES ($1, $2, $3)`, [Buffer.alloc(32, 7), address, world.clock.now()])
  await world.rows(
    `INSERT INTO join_requests (id, organisation_id, email, name, locale, state, created_at)
     VALUES ($1, $2, $3, $4, 'en', 'refused', $5)`,
    [randomUUID(), a.id, address, name, world.clock.now()],
  )
  await world.rows(
    `INSERT INTO domain_changes (id, organisation_id, from_name, to_name, moves, applied_at, ends_at)
     VALUES ($1, $2, 'old.example', 'new.example', $3, $4, $4)`,
    [
      randomUUID(),
      a.id,
      JSON.stringify([
        { memberId: id, before: address, after: `new-${address}` },
        { memberId: other.id, before: 'x@old.example', after: 'x@new.example' },
      ]),
      world.clock.now(),
    ],
  )
  await world.rows(
    `INSERT INTO sso_attempts (id, reference, organisation_id, purpose, outcome, typed_email, asserted_email, at)
     VALUES ($1, $2, $3, 'sign_in', 'refused', $4, $4, $5)`,
    [randomUUID(), randomUUID(), a.id, address, world.clock.now()],
  )
  await world.rows(`INSERT INTO security_policy_changes VALUES ($1, $2, 'mfa', 1, '{}', '{}', $3, NULL, $4)`, [
    randomUUID(),
    a.id,
    JSON.stringify([{ code: 'signs_out', names: [name, 'Somebody Else'] }]),
    world.clock.now(),
  ])
  await world.rows(
    `INSERT INTO usage_records (organisation_id, report_id, content_hash, meter, quantity, at, subject, received_at)
     VALUES ($1, 'r', '\\x00', 'tokens', 1, $2, $3, $2)`,
    [a.id, world.clock.now(), address],
  )
  await world.rows(`INSERT INTO usage_days VALUES ($1, 'tokens', '2026-11-24', $2, '', '', 1)`, [a.id, id])
  const exportId = randomUUID()
  const asked = await a.api('POST', '/exports', {
    id: exportId,
    content: { of: 'person', email: address },
    reason: name,
  })
  expect(asked.status).toBe(201)
  const wrote = await kept.wrote(a, address, `I am ${name}`)
  await world.rows('UPDATE contacts SET name = $2 WHERE id = $1', [wrote.contact.id, name])
  await world.settle()
  expect((await tablesThatSay([mark])).length).toBeGreaterThan(15)

  await scim.remove(`/Users/${id}`)
  await world.settle()
  const fresh = await kept.signedIn(a.id)
  const preview = await fresh.api<ErasurePreview>('POST', '/erasures/preview', { address })
  expect(preview.body).toMatchObject({
    member: { name, state: 'left' },
    stays: [{ why: 'record' }, { why: 'figures' }],
    confirm: `erase ${address}`,
  })
  const done = await fresh.api<ErasureReceipt>('POST', '/erasures', { address, confirm: `erase ${address}` })
  expect(done.status).toBe(201)
  await world.settle()
  expect(await tablesThatSay([mark])).toEqual([])
  const certificate = await fresh.api<RetentionCertificate>('GET', `/retention/certificates/${done.body.certificateId}`)
  expect(JSON.parse(certificate.body.statement)).toMatchObject({
    members: 1,
    stays: [{ why: 'record' }, { why: 'figures' }],
  })

  // What was about others stays, and the log says where something was taken out.
  const requests = await world.rows(
    `SELECT erased_at IS NOT NULL AS erased, body IS NULL AS empty FROM provisioning_requests WHERE organisation_id = $1`,
    [a.id],
  )
  expect(requests.filter(({ erased }) => erased).every(({ empty }) => empty)).toBe(true)
  expect(requests.filter(({ erased, empty }) => !erased && !empty).length).toBeGreaterThan(0)
  expect(await world.rows('SELECT moves FROM domain_changes WHERE organisation_id = $1', [a.id])).toEqual([
    { moves: [{ memberId: other.id, before: 'x@old.example', after: 'x@new.example' }] },
  ])
  expect((await scim.get(`/Users/${other.id}`)).status).toBe(200)
  const [chain] = await world.rows('SELECT first_seq, seq FROM audit_heads WHERE organisation_id = $1', [a.id])
  expect(chain).toBeDefined()
  expect((await fresh.api<{ fault?: object }>('POST', '/audit/verify')).body).not.toHaveProperty('fault')
})

test('an export of everything of somebody ends with them, and an archive of all is said to stay until it ends', async () => {
  const { a, scim, mark, address, id } = await withColleague()
  const exportId = randomUUID()
  await a.api('POST', '/exports', { id: exportId, content: { of: 'person', email: address }, reason: 'Asked for' })
  const until = new Date(world.clock.now().getTime() + 2 * dayMs)
  await world.rows(
    `INSERT INTO exports (id, organisation_id, state, content, reason, requested_by, requested_at, policy_version, controls,
       expected_rows, personal, approval, expires_at)
     SELECT $1, $2, 'ready', $3, 'r', $4, $5, 0, controls, 1, '{}', 'none', $6 FROM exports WHERE id = $7`,
    [randomUUID(), a.id, { of: 'organisation', parts: ['members'] }, a.owner.id, world.clock.now(), until, exportId],
  )
  await scim.remove(`/Users/${id}`)
  const preview = await a.api<ErasurePreview>('POST', '/erasures/preview', { address })
  expect(preview.body.stays).toContainEqual({ why: 'archives', until: until.toISOString() })
  expect((await a.api('POST', '/erasures', { address, confirm: `erase ${address}` })).status).toBe(201)
  await world.settle()
  const [row] = await world.rows('SELECT state, content, reason FROM exports WHERE id = $1', [exportId])
  expect(row).toMatchObject({ state: 'cancelled', content: { email: 'erased@erased.invalid' }, reason: '—' })
  expect(await tablesThatSay([mark])).toEqual([])
})

test('who erases themselves goes from the logs too; as a colleague they are their organisation’s to erase', async () => {
  const [a, b] = [await kept.company(), await kept.company()]
  const wrote = await kept.wrote(a, 'nora-self@a.example')
  const address = wrote.email
  const told = (organisationId: typeof a.id, target: { type: string; id: string }) =>
    kept.system().transaction(async (tx) =>
      recordAudit(tx, {
        action: 'user.updated',
        organisationId,
        targets: [{ ...target, name: `Nora ${address}` }],
      }),
    )
  await told(a.id, { type: 'contact', id: wrote.contact.id })
  await told(a.id, { type: 'letter', id: randomUUID() })
  // The same address belongs to a colleague of another organisation.
  const colleague = await world.member(b.id, 'member', 'Nora')
  await world.rows('UPDATE members SET email = $2 WHERE id = $1', [colleague.id, address])
  await told(b.id, { type: 'member', id: colleague.id })
  await told(b.id, { type: 'contact', id: wrote.contact.id })
  const said = async (organisationId: string) =>
    (
      await world.rows(`SELECT value FROM audit_personal WHERE organisation_id = $1 AND value LIKE '%Nora %'`, [
        organisationId,
      ])
    ).length
  expect([await said(a.id), await said(b.id)]).toEqual([2, 2])

  const person = { proof: { address }, contactIds: [wrote.contact.id] }
  await previewForget(kept.system(), person, world.clew.house.forgetting)
  const erased = await forgetPerson(kept.system(), person, world.clew.house.forgetting)
  expect([await said(a.id), await said(b.id)]).toEqual([0, 1])
  const [row] = await world.rows('SELECT statement FROM retention_certificates WHERE id = $1', [erased.certificateId])
  expect(JSON.parse(String(row?.['statement']))).toMatchObject({
    asked_by: 'contact',
    audit_pieces: 3,
    stays: [{ why: 'record' }, { why: 'membership' }],
  })
})

test('what a hold kept of them is erased from the logs once it has gone as well', async () => {
  const a = await kept.company()
  const held = await kept.wrote(a, 'olga-held@a.example')
  await kept.system().transaction(async (tx) =>
    recordAudit(tx, {
      action: 'user.updated',
      organisationId: a.id,
      targets: [{ type: 'contact', id: held.contact.id, name: 'Olga Held' }],
    }),
  )
  const said = () => world.rows(`SELECT 1 FROM audit_personal WHERE value LIKE '%Olga Held%'`)
  const hold = await a.api<{ id: string }>('POST', '/holds', {
    name: 'Inquiry',
    reason: 'court',
    conversationNumbers: [held.number],
  })
  const person = { proof: { address: held.email }, contactIds: [held.contact.id] }
  const erased = await forgetPerson(kept.system(), person, world.clew.house.forgetting)
  expect(erased.kept).toBe(1)
  expect(await said()).toHaveLength(1)
  // That a hold names somebody is told to nobody but who placed it.
  const [row] = await world.rows('SELECT statement FROM retention_certificates WHERE id = $1', [erased.certificateId])
  expect(String(row?.['statement'])).not.toContain('"holds"')
  await a.api('POST', `/holds/${hold.body.id}/release`, { reason: 'over' })
  await expect.poll(() => kept.isThere(held.id), { timeout: 20_000 }).toBe(false)
  await expect.poll(said, { timeout: 20_000 }).toEqual([])
})
