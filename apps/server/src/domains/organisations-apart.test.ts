import { performance } from 'node:perf_hooks'
import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../platform/ctx.ts'
import { sqlOf } from '../platform/sql.ts'
import {
  type DescribedApi,
  type DescribedRoute,
  describedApi,
  type Hint,
  requestFor,
} from '../testkit/described-api.ts'
import { plantRows, tablesWithOwners } from '../testkit/plant-rows.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { matrix } from './authorization.matrix.ts'

/**
 * Two organisations. In every table there is a row of the other one with a word in it that is said nowhere else; then
 * people of the first ask for whatever there is, with the ids of the other. The word must not come back.
 */
const word = 'Zwischenwand-4711'
const requests = Number(process.env['CLEW_FUZZ_REQUESTS'] ?? 1500)
const seconds = process.env['CLEW_FUZZ_REQUESTS'] === undefined ? 60 : 3600

let world: World
let api: DescribedApi
let ours: Awaited<ReturnType<World['member']>>
let contact: Awaited<ReturnType<World['contact']>>
let planted: Awaited<ReturnType<typeof plantRows>>
let foreignIds: string[]
let sentIds: string[]
let keptIds: string[]

beforeAll(async () => {
  world = await createWorld({ limitFactor: 1_000_000, config: { baseUrl: 'http://localhost' } })
  api = await describedApi(world.app)
  const [here, there] = [await world.organisation(), await world.organisation()]
  ours = await world.member(here, 'owner')
  await world.member(here, 'owner')
  await world.member(there, 'owner', word)
  contact = await world.contact()
  const other = await world.contact()
  await world.rows('UPDATE contacts SET organisation_id = $1, name = $2 WHERE id = $3', [there, word, other.id])
  planted = await plantRows(world, { organisationId: there, contactId: other.id, word })
  foreignIds = await idsOf(there, other.id)
  // What was sent may stand in an answer, now or later. The other half is never said.
  sentIds = foreignIds.filter((_, index) => index % 2 === 0)
  keptIds = foreignIds.filter((_, index) => index % 2 === 1)
})
afterAll(() => world.close())

/** Every id that a row of theirs has. */
async function idsOf(organisationId: string, contactId: string): Promise<string[]> {
  const found = new Set([organisationId, contactId])
  for (const { name, columns } of await tablesWithOwners(world)) {
    const ids = columns.filter(({ type }) => type === 'uuid').map((each) => `"${each.name}"::text`)
    const owner = columns.some((each) => each.name === 'organisation_id') ? 'organisation_id' : 'contact_id'
    const rows = await world.rows(`SELECT ARRAY[${ids.join(', ')}] AS ids FROM ${name} WHERE ${owner} = ANY ($1)`, [
      [organisationId, contactId],
    ])
    for (const id of rows.flatMap((row) => row['ids'] as (string | null)[])) if (id) found.add(id)
  }
  // What stands for nothing is nobody's.
  found.delete('00000000-0000-0000-0000-000000000000')
  return [...found]
}

/** How many rows of whatever owner a scope sees in a table; none where it may not look at all. */
async function seen(ctx: Ctx, table: string, ofOthers: string): Promise<number> {
  try {
    return await ctx.transaction(async (tx) => {
      const text = `SELECT count(*)::int AS count FROM ${table} WHERE ${ofOthers}`
      const { rows } = await sql.raw<{ count: number }>(text).execute(sqlOf(tx))
      return rows[0]?.count ?? 0
    })
  } catch (error) {
    if (error instanceof Error && /permission denied/.test(error.message)) return 0
    throw error
  }
}

test('every table of an organisation shows it its own rows or none', async () => {
  const tables = await tablesWithOwners(world)
  expect(planted.planted.length, `rows could not be made for ${planted.refused.join(', ')}`).toBeGreaterThan(
    tables.length * 0.6,
  )
  for (const { name, columns } of tables) {
    const isOfOrganisation = columns.some((each) => each.name === 'organisation_id')
    const isOfContact = columns.some((each) => each.name === 'contact_id')
    if (isOfOrganisation) {
      const others = `organisation_id IS DISTINCT FROM '${ours.organisationId}'`
      expect(await seen(ours.ctx, name, others), `${name} for a member`).toBe(0)
    }
    if (isOfContact) {
      const others = `contact_id IS DISTINCT FROM '${contact.id}'`
      expect(await seen(contact.ctx, name, others), `${name} for a contact`).toBe(0)
      if (!isOfOrganisation) expect(await seen(ours.ctx, name, 'true'), `${name} for a member`).toBe(0)
    }
  }
})

test('a rule for an organisation goes by the organisation', async () => {
  const rules = await world.rows(`
    SELECT p.polrelid::regclass::text AS table, pg_get_expr(p.polqual, p.polrelid) AS sees
      FROM pg_policy p WHERE 'clew_organisation'::regrole = ANY (p.polroles) AND p.polqual IS NOT NULL`)
  expect(rules.length).toBeGreaterThan(30)
  for (const { table, sees } of rules) expect(String(sees), String(table)).toContain('clew_organisation_id()')
})

/** Numbers that are the same each time: what was found once is found again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const chance = seeded(20_261_124)
const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T

const theirs: Hint = (field, schema) => {
  if (schema.format === 'uuid') return chance() < 0.8 ? pick(sentIds) : undefined
  if (schema.items?.format === 'uuid') return [pick(sentIds)]
  if (schema.type === 'integer') return chance() < 0.2 ? Math.floor(chance() * 40) : undefined
  return isFree(schema) ? wordFor(field) : undefined
}

const isFree = ({ type, enum: listed, format, pattern }: Parameters<Hint>[1]): boolean =>
  type === 'string' && !listed && format === undefined && pattern === undefined

function wordFor(field: string): string | undefined {
  if (field === 'q') return pick(['', 'Zw', 'z', '%', 'company'])
  return chance() < 0.3 ? pick(['%', '*', 'company-2', 'Zw', '']) : undefined
}

function randomRequest(route: DescribedRoute): InjectOptions {
  const who = route.doors.includes('contact') ? contact.headers : ours.headers
  const request = requestFor(
    api,
    route,
    (field, schema) => theirs(field, schema) ?? matrix[route.name]?.sample?.[field],
  )
  // A body may say more than the description has.
  const more = chance() < 0.3 ? { organisationId: pick(sentIds), organisation_id: pick(sentIds) } : {}
  const payload = request.payload === undefined ? {} : { payload: { ...(request.payload as object), ...more } }
  return { ...request, ...payload, headers: { ...request.headers, ...who } }
}

test('of another organisation no byte comes back, whatever is asked', {
  timeout: seconds * 1000 + 60_000,
}, async () => {
  const routes = api.routes.filter(({ name, isStream }) => !isStream && !matrix[name]?.last)
  const until = performance.now() + seconds * 1000
  let asked = 0
  const answered = new Map<number, number>()
  const wrong: string[] = []
  for (; asked < requests && performance.now() < until; asked += 1) {
    const route = asked < routes.length ? (routes[asked] as DescribedRoute) : pick(routes)
    const request = randomRequest(route)
    const answer = await world.app.inject(request)
    answered.set(answer.statusCode, (answered.get(answer.statusCode) ?? 0) + 1)
    const sent = JSON.stringify([request.url, request.payload])
    const back = `${answer.body} ${JSON.stringify(answer.headers)}`
    const told = keptIds.filter((id) => back.includes(id))
    if (told.length > 0 || back.toLowerCase().includes(word.toLowerCase()))
      wrong.push(`told: ${route.name} ${sent} ${answer.body.slice(0, 400)}`)
    if (answer.statusCode >= 500) wrong.push(`${answer.statusCode}: ${route.name} ${sent}`)
  }
  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(routes.length)
  expect(answered.get(200) ?? 0).toBeGreaterThan(50)
})

test('nor by the doors beside the API, with whatever they have in hand', async () => {
  const key = ours.headers
  for (const id of foreignIds.slice(0, 60)) {
    for (const url of [`/scim/v2/${id}/Users`, `/sso/${id}`, `/sso/${id}/metadata`, `/share/${id}`, `/en/my/${id}`]) {
      const answer = await world.app.inject({ url, headers: { ...key, authorization: `Bearer ${id}` } })
      expect(answer.statusCode, url).toBeLessThan(500)
      expect(answer.body.toLowerCase(), url).not.toContain(word.toLowerCase())
    }
  }
})

test('nor was any of it put into a mail or an event for somebody here', async () => {
  const mails = await world.rows(`SELECT 1 FROM mails m WHERE m::text ILIKE $1`, [`%${word}%`])
  expect(mails).toEqual([])
  const events = await world.rows(`SELECT 1 FROM events e WHERE e.contact_id = $1 AND e::text ILIKE $2`, [
    contact.id,
    `%${word}%`,
  ])
  expect(events).toEqual([])
})
