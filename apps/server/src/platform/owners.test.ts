import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { EventOwners } from '@clew/contract/event-owners'
import { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { recordAudit } from '../domains/audit/index.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { boundTo, forOrganisation } from './ctx.ts'
import { job } from './jobs.ts'
import { storageKeyOf } from './storage/key.ts'
import type { Storage } from './storage.ts'

/**
 * Events, jobs and places in the store say whose they are. The compiler holds them to it: each line below that claims
 * what is not so has to be an error, or the check of the types fails.
 */
let world: World
let ours: OrganisationId
let theirs: OrganisationId
beforeAll(async () => {
  world = await createWorld()
  ;[ours, theirs] = [await world.organisation(), await world.organisation()]
})
afterAll(() => world.close())

const system = () => world.as({ type: 'system', job: 'test' })
const nothing = { retries: 1, timeoutSeconds: 1 }
const rest = async () => undefined

test('an event that says nothing of whose it is, or says what it does not carry, does not compile', () => {
  type Payloads = {
    'member.moved': { organisationId: OrganisationId }
    'article.read': { slug: string }
  }
  const right: EventOwners<Payloads> = { 'member.moved': 'organisation', 'article.read': 'installation' }
  // @ts-expect-error: one is missing
  const missing: EventOwners<Payloads> = { 'member.moved': 'organisation' }
  // @ts-expect-error: it carries an organisation
  const hidden: EventOwners<Payloads> = { 'member.moved': 'installation', 'article.read': 'row' }
  // @ts-expect-error: it carries no contact
  const claimed: EventOwners<Payloads> = { 'member.moved': 'organisation', 'article.read': 'contact' }
  expect([right, missing, hidden, claimed]).toHaveLength(4)
})

test('a job that works on rows of organisations and does not name one does not compile', () => {
  const of = z.object({ exportId: z.uuid() })
  const ofOne = z.object({ exportId: z.uuid(), organisationId: OrganisationId })
  const jobs = [
    job('a.b', { ...nothing, of: 'organisation', input: ofOne }, rest),
    job('a.b', { ...nothing, of: { row: 'captures' }, input: of }, rest),
    job('a.b', { ...nothing, of: 'everybody', input: z.object({}) }, rest),
    // @ts-expect-error: it says nothing
    job('a.b', { ...nothing, input: of }, rest),
    // @ts-expect-error: it names no organisation
    job('a.b', { ...nothing, of: 'organisation', input: of }, rest),
    // @ts-expect-error: rows of that table are an organisation's
    job('a.b', { ...nothing, of: { row: 'exports' }, input: of }, rest),
    // @ts-expect-error: who names an organisation works for that one
    job('a.b', { ...nothing, of: 'everybody', input: ofOne }, rest),
  ]
  expect(jobs).toHaveLength(7)
})

test('a place in the store that nobody has settled the owner of does not compile', async () => {
  const kept: string[] = []
  const store: Pick<Storage, 'put'> = { put: async (key) => void kept.push(key) }
  const bytes = () => Readable.from(['x'])
  await store.put(storageKeyOf(randomUUID()), bytes())
  // @ts-expect-error: a text is no place
  await store.put('ab/anything', bytes())
  expect(kept).toHaveLength(2)
})

const removed = (organisationId: OrganisationId) => ({ organisationId, memberId: randomUUID() as never })
const inAnothersName = /in the name of another/

test('in the scope of an organisation nothing is said in the name of another', async () => {
  const { ctx } = await world.member(ours)
  const other = { action: 'policy.changed', organisationId: theirs } as const
  await expect(ctx.transaction(async (tx) => tx.emit('member.joined', removed(theirs)))).rejects.toThrow(inAnothersName)
  await expect(ctx.transaction(async (tx) => recordAudit(tx, other))).rejects.toThrow(inAnothersName)
  await ctx.transaction(async (tx) => {
    tx.emit('member.joined', removed(ours))
    recordAudit(tx, { ...other, organisationId: ours })
  })
})

test('nor where the system does something for one of them', async () => {
  const wrong = [
    () => forOrganisation(system(), ours).transaction(async (tx) => tx.emit('member.joined', removed(theirs))),
    () => system().transaction(async (tx) => boundTo(tx, ours).emit('member.joined', removed(theirs))),
    () =>
      system().transaction((tx) =>
        boundTo(tx, ours).transaction(async (in_) => in_.emit('member.joined', removed(theirs))),
      ),
    () =>
      forOrganisation(system(), ours).transaction(async (tx) =>
        recordAudit(tx, { action: 'policy.changed', organisationId: theirs }),
      ),
  ]
  for (const each of wrong) await expect(each()).rejects.toThrow(inAnothersName)
  await system().transaction(async (tx) => tx.emit('member.joined', removed(theirs)))
})

test('what follows from the event of one organisation changes no row of another', async () => {
  const [one, other] = [await world.member(ours), await world.member(theirs)]
  const rowsOf = (id: OrganisationId) =>
    world.rows(
      `SELECT (SELECT count(*) FROM agent_sessions WHERE organisation_id = $1) AS sessions,
              (SELECT count(*) FROM audit_events WHERE organisation_id = $1) AS said`,
      [id],
    )
  const before = await rowsOf(theirs)
  for (const memberId of [one.id, other.id])
    await system().transaction(async (tx) => {
      tx.emit('member.deactivated', { organisationId: ours, memberId, via: 'console' })
    })
  await world.settle()
  expect(await world.rows('SELECT 1 FROM agent_sessions WHERE member_id = $1', [one.id])).toEqual([])
  expect(await rowsOf(theirs)).toEqual(before)
})
