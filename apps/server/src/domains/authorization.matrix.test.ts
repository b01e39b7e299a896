import { randomUUID } from 'node:crypto'
import { builtInRoles, type MemberRole, type Permission, permissions, permissionsOf } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashToken } from '../platform/ids.ts'
import { type DescribedApi, type DescribedRoute, describedApi, requestFor } from '../testkit/described-api.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { matrix, type Row } from './authorization.matrix.ts'
import { findMember } from './organisations/index.ts'
import { newApiKey } from './sign-in/api-key-token.ts'
import { openSession } from './sign-in/use-cases/open-session.ts'

/**
 * Every route of the API's own description against everyone who might call it. What each of them may is in
 * `authorization.matrix.ts`, by the permissions of the route; a route that is not there fails.
 */
type Headers = Record<string, string>
type Kind = 'nobody' | 'contact' | 'member' | 'key'
type Caller = {
  who: string
  kind: Kind
  may: ReadonlySet<Permission>
  isSupport: boolean
  headers: Headers
}

let world: World
let api: DescribedApi
let team: OrganisationId
let customer: OrganisationId
let fixed: Caller[]

beforeAll(async () => {
  world = await createWorld({ limitFactor: 1_000_000, config: { baseUrl: 'http://localhost' } })
  api = await describedApi(world.app)
  ;[team, customer] = [await world.supportTeam(), await world.organisation()]
  fixed = [...(await outsiders()), ...(await builtIn(team, true)), ...(await builtIn(customer, false))]
})
afterAll(() => world.close())

const nothing: ReadonlySet<Permission> = new Set()

async function outsiders(): Promise<Caller[]> {
  const outsider = (who: string, headers: Headers, kind: Kind = 'nobody'): Caller => ({
    who,
    kind,
    may: nothing,
    isSupport: false,
    headers,
  })
  const stopped = await world.member(team, 'owner')
  await world.rows(`UPDATE members SET deactivated_at = $2, deactivated_via = 'console' WHERE id = $1`, [
    stopped.id,
    world.clock.now(),
  ])
  return [
    outsider('nobody', {}),
    outsider('a token that was made up', { authorization: `Bearer ${'x'.repeat(43)}` }),
    outsider('a cookie that was made up', { cookie: `__Host-clew_session=${'x'.repeat(43)}` }),
    outsider('a key that was made up', { authorization: `Bearer ${newApiKey()}` }),
    outsider('a member who was stopped', stopped.headers),
    outsider('a contact', (await world.contact()).headers, 'contact'),
  ]
}

const builtIn = (organisationId: OrganisationId, isSupport: boolean): Promise<Caller[]> =>
  Promise.all(
    builtInRoles.map(async (role) => ({
      who: `${role} of ${isSupport ? 'the team' : 'a customer'}`,
      kind: 'member' as const,
      may: permissionsOf(role, { isSupport }),
      isSupport,
      headers: (await world.member(organisationId, role)).headers,
    })),
  )

/** Somebody with a role of their organisation's own making, or a key of theirs with just these scopes. */
async function custom(given: readonly Permission[], isSupport: boolean, kind: 'member' | 'key'): Promise<Caller> {
  const organisationId = isSupport ? team : customer
  const member = await world.member(organisationId, 'owner' satisfies MemberRole)
  const of = `of ${isSupport ? 'the team' : 'a customer'}`
  const said =
    given.length > 6
      ? `all but ${permissions.filter((each) => !given.includes(each)).join(' and ')}`
      : given.join(' and ')
  const shared = {
    kind,
    may: permissionsOf('custom', { custom: given, isSupport }),
    isSupport,
  }
  if (kind === 'key')
    return { ...shared, who: `a key ${of} for ${said}`, headers: await keyOf(organisationId, member.id, given) }
  const [id, now] = [randomUUID(), world.clock.now()]
  await world.rows('INSERT INTO custom_roles VALUES ($1, $2, $3, $4, $5, $5)', [id, organisationId, id, given, now])
  await world.rows(`UPDATE members SET role = 'custom', custom_role_id = $1 WHERE id = $2`, [id, member.id])
  // The session before was one of an owner: a new one is as fresh as the others.
  const system = world.as({ type: 'system', job: 'test' })
  const { token } = await system.transaction(async (tx) => {
    const now = await findMember(tx, member.id)
    if (!now) throw new Error('the member is gone')
    return openSession(tx, now)
  })
  return { ...shared, who: `a role ${of} with ${said}`, headers: { cookie: `__Host-clew_session=${token}` } }
}

async function keyOf(organisationId: OrganisationId, memberId: string, scopes: readonly Permission[]) {
  const [token, now] = [newApiKey(), world.clock.now()]
  const inAMonth = new Date(now.getTime() + 30 * 86_400_000)
  await world.rows(
    `INSERT INTO api_keys (id, organisation_id, member_id, kind, name, token_hash, hint, scopes, created_by, created_at, expires_at)
     VALUES ($1, $2, $3, 'member', 'matrix', $4, 'abcd', $5, $3, $6, $7)`,
    [randomUUID(), organisationId, memberId, hashToken(token), scopes, now, inAMonth],
  )
  return { authorization: `Bearer ${token}` }
}

/** For the permissions of a route: who has only these, and who has all others. Made once for each set. */
const exact = new Map<string, Promise<Caller[]>>()
function exactly(needs: readonly Permission[], isTeams: boolean): Promise<Caller[]> {
  // Without the least of permissions there is no key, and to answer people is what makes an agent.
  const only = isTeams ? [...new Set([...needs, 'conversations.answer' as const])] : needs
  const known = `${String(isTeams)} ${only.join()}`
  const made = exact.get(known) ?? makeExact(only, isTeams)
  exact.set(known, made)
  return made
}

const makeExact = (only: readonly Permission[], isTeams: boolean): Promise<Caller[]> =>
  Promise.all([
    ...[true, false].map((isSupport) => custom(only, isSupport, 'member')),
    ...only.map((one) =>
      custom(
        permissions.filter((each) => each !== one),
        isTeams,
        'member',
      ),
    ),
    custom(only.length > 0 ? only : ['members.read'], isTeams, 'key'),
    ...only.map((one) =>
      custom(
        permissions.filter((each) => each !== one),
        isTeams,
        'key',
      ),
    ),
  ])

/** The cell as it should be. */
function isOpen({ doors }: DescribedRoute, { needs, oneOf }: Row, caller: Caller): boolean {
  if (doors.includes('contact')) return caller.kind === 'contact'
  if (!isLetIn(doors, caller)) return false
  return needs.every((each) => caller.may.has(each)) && (oneOf?.some((each) => caller.may.has(each)) ?? true)
}

function isLetIn(doors: readonly string[], { kind, may, isSupport }: Caller): boolean {
  if (kind !== 'member' && (kind !== 'key' || !doors.includes('key'))) return false
  return !doors.includes('team') || (isSupport && may.has('conversations.answer'))
}

const closed = new Set(['session.required', 'api_key.invalid', 'api_key.not_allowed', 'permission.denied'])

/** The cell as it is. What is refused for what was sent says nothing of who may: then the row wants a sample. */
function outcomeOf(answer: LightMyRequestResponse): string {
  if (answer.statusCode >= 500) return `${answer.statusCode}`
  if (answer.statusCode < 400) return 'open'
  const isProblem = String(answer.headers['content-type']).includes('json')
  const problem = isProblem ? answer.json<{ code?: string; detail?: string }>() : {}
  if (closed.has(problem.code ?? '')) return 'closed'
  if (['input.invalid', 'session.not_fresh'].includes(problem.code ?? '') || answer.statusCode === 401)
    return `${answer.statusCode} ${JSON.stringify(problem).slice(0, 300)}`
  return 'open'
}

async function call(route: DescribedRoute, row: Row, caller: Caller): Promise<LightMyRequestResponse> {
  const request = requestFor(api, route, (field) => row.sample?.[field])
  // A route that takes bytes gets some.
  const takesBytes = /\/(files|logo|inspect|import)$/.test(route.path)
  const bytes = takesBytes ? { payload: Buffer.from('x') } : {}
  return world.app.inject({ ...request, ...bytes, headers: { ...request.headers, ...caller.headers } })
}

test('every route has a row, and every row a route', () => {
  const names = api.routes.map(({ name }) => name)
  const missing = names.filter((name) => !(name in matrix))
  expect(
    missing,
    `add a row to authorization.matrix.ts for each: '${missing[0]}': needs('the.permission') – or open, own or [] as told there`,
  ).toEqual([])
  expect(Object.keys(matrix).filter((name) => !names.includes(name))).toEqual([])
})

/** What differs between a row and what is; how many were looked at. */
async function compare(route: DescribedRoute, row: Row): Promise<{ wrong: string[]; cells: number }> {
  const isTeams = route.doors.includes('team')
  const takes = row.needs.length > 0 ? row.needs : (row.oneOf ?? [])
  const special = takes.length > 0 || isTeams ? await exactly(takes, isTeams) : []
  const wrong: string[] = []
  let cells = 0
  for (const caller of [...fixed, ...special]) {
    const meant = isOpen(route, row, caller) ? 'open' : 'closed'
    // A stream does not end.
    if (meant === 'open' && (row.last || route.isStream)) continue
    const answer = await call(route, row, caller)
    const is = outcomeOf(answer)
    cells += 1
    if (is !== meant) wrong.push(`${route.name} for ${caller.who}: ${is} (${answer.statusCode}), not ${meant}`)
  }
  return { wrong, cells }
}

test('everyone may what their row says, and nobody anything else', { timeout: 240_000 }, async () => {
  const wrong: string[] = []
  let cells = 0
  for (const route of api.routes.filter(({ doors }) => doors.length > 0)) {
    const row = matrix[route.name]
    if (!row) continue
    const found = await compare(route, row)
    wrong.push(...found.wrong)
    cells += found.cells
  }
  expect(wrong).toEqual([])
  expect(cells).toBeGreaterThan(3000)
})

test('what a key cannot do is said in the description', () => {
  const personal = api.routes.filter(({ doors }) => doors.includes('member') && !doors.includes('key'))
  expect(personal.length).toBeGreaterThan(20)
})
