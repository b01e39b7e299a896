import { randomUUID } from 'node:crypto'
import type { ConversationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnyRoute } from '../platform/routes.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { startConversation } from './conversations/index.ts'
import { openSession } from './sign-in/use-cases/open-session.ts'

/**
 * Every route against everyone who should not get in. A new route is in the matrix by itself; one that is open to
 * everyone must be named here.
 */
const openToEveryone = new Set([
  // Without the operator's key there is no such door.
  'POST /assistant/evaluate',
  'GET /setup',
  'GET /widget/flows/:flowId',
  'POST /setup',
  'POST /session',
  'POST /session/start',
  'POST /session/organisation',
  'POST /session/second-factor',
  'POST /session/second-factor/passkey',
  'POST /session/passkey/options',
  'POST /session/passkey',
  'POST /session/link',
  'POST /session/link/open',
  'POST /session/password/forgotten',
  'POST /session/password/reset',
  'POST /invitations/accept',
  'POST /join-requests',
  'POST /join-requests/confirm',
  'POST /widget/identity',
  'POST /widget/sessions',
  'GET /widget/settings',
  'OPTIONS /widget/uploads',
  'GET /articles/search',
  'GET /articles/:locale/:slug',
  'POST /articles/:slug/feedback',
])

let world: World
let contactOf: (who: 'ann' | 'mallory') => Record<string, string>
let agentCookie: string
let conversationId: ConversationId

beforeAll(async () => {
  world = await createWorld()
  const [ann, mallory] = [await world.contact(), await world.contact()]
  contactOf = (who) => (who === 'ann' ? ann : mallory).headers
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'secret of ann',
    fileIds: [],
    locale: 'en' as const,
  }
  conversationId = (await startConversation(ann.ctx, opening)).started.conversation.id
  // An owner, who may do all that the team may.
  const agent = await world.agent(undefined, 'owner')
  const session = await world.clew.newCtx('test').transaction((tx) => openSession(tx, agent))
  agentCookie = `__Host-clew_session=${session.token}`
  await world.settle()
})
afterAll(() => world.close())

const routes = (): AnyRoute[] => world.clew.house.domains.flatMap(({ routes: each = [] }) => [...each])
const nameOf = ({ method, path }: AnyRoute): string => `${method} ${path}`

const bodies: Record<string, object> = {
  'POST /widget/conversations/:conversationId/messages': { clientMessageId: randomUUID(), body: 'x' },
  'POST /widget/conversations/:conversationId/read': { seq: 1 },
  'POST /widget/conversations/:conversationId/captures': {
    clientMessageId: randomUUID(),
    fileId: randomUUID(),
    removed: [],
  },
  'PUT /widget/conversations/:conversationId/case': { field: 'problem', value: { text: 'x' } },
  'POST /conversations/:conversationId/messages': { clientMessageId: randomUUID(), body: 'x', kind: 'note' },
  'POST /conversations/:conversationId/snooze': { until: '2026-12-01T07:00:00.000Z' },
  'POST /conversations/:conversationId/assignment': { agentId: null },
  'POST /conversations/:conversationId/tags': { tag: 'x' },
  'POST /conversations/:conversationId/walk': { flowId: 'billing' },
  'POST /conversations/:conversationId/walk/answers': { type: 'cancel' },
  'POST /conversations/:conversationId/presence': { state: 'viewing' },
  'PUT /conversations/:conversationId/case': { field: 'problem', value: { text: 'x' } },
  'POST /conversations/:conversationId/lookups': { requestId: 'req_0123456789' },
  'PUT /flows/:flowId': { basedOn: 1, document: {} },
  'POST /flows/:flowId/publish': { version: 1 },
  'POST /flows/:flowId/restore': { basedOn: 1, version: 1 },
  'POST /assistant/playground': { message: 'x' },
  'POST /assistant/regressions': { messageId: randomUUID(), action: 'answer' },
  'POST /widget/conversations/:conversationId/thumb-reason': { reason: 'other' },
  'POST /flows/:flowId/reset': { basedOn: 1 },
  'PATCH /macros/:macroId': { version: 1 },
  'PUT /settings/brand': { version: 0, value: {} },
  'PUT /settings/hours': { version: 0, value: {} },
  'PUT /settings/languages': { version: 0, value: {} },
  'PUT /settings/bubble': { version: 0, value: {} },
  'PUT /settings/model': { version: 0, value: {} },
  'POST /settings/model/test': { value: {} },
  'POST /invitations': { email: 'new@team.example' },
  'POST /organisations/:organisationId/owners': { email: 'new@company.example' },
  'PUT /components/:componentId': { slug: 'x', names: { en: 'x' }, position: 1 },
  'PUT /components/:componentId/status': { status: 'operational' },
  'POST /domain-disputes/:disputeId/decision': { decision: 'kept' },
  'PATCH /console/domains/:domainId': { joinsByItself: true },
  'POST /incidents/:incidentId/updates': {
    clientUpdateId: randomUUID(),
    status: 'identified',
    bodies: { en: 'x' },
  },
  'PATCH /incidents/:incidentId/updates/:updateId': { bodies: { en: 'x' } },
}

const uploadHeaders = { 'x-clew-file-id': randomUUID(), 'x-clew-file-name': 'a.txt' }

const call = (each: AnyRoute, headers: Record<string, string>, id: string) =>
  world.app.inject({
    method: each.method,
    url: `/api/v1${each.path.replace(':conversationId', id).replace(':index', '0').replace(':seq', '1').replace(/:\w+/g, randomUUID())}`,
    headers: { ...headers, ...(each.rawBody ? uploadHeaders : {}) },
    ...(each.method === 'GET' || each.rawBody ? {} : { payload: bodies[nameOf(each)] ?? {} }),
  })

test('every route that is open to everyone is one that should be', () => {
  expect(
    routes()
      .filter(({ audience }) => audience === 'public')
      .map(nameOf)
      .sort((a, b) => a.localeCompare(b)),
  ).toEqual([...openToEveryone].sort((a, b) => a.localeCompare(b)))
})

test('without a session every other route is refused', async () => {
  for (const each of routes().filter(({ audience }) => audience !== 'public')) {
    expect((await call(each, {}, conversationId)).statusCode, nameOf(each)).toBe(401)
    expect(
      (await call(each, { authorization: `Bearer ${'x'.repeat(43)}` }, conversationId)).statusCode,
      nameOf(each),
    ).toBe(401)
    expect(
      (await call(each, { cookie: `__Host-clew_session=${'x'.repeat(43)}` }, conversationId)).statusCode,
      nameOf(each),
    ).toBe(401)
  }
})

test("a contact's token opens nothing of the team, and an agent's cookie nothing of a contact", async () => {
  for (const each of routes()) {
    if (each.audience === 'team')
      expect((await call(each, contactOf('ann'), conversationId)).statusCode, nameOf(each)).toBe(401)
    if (each.audience === 'contact')
      expect((await call(each, { cookie: agentCookie }, conversationId)).statusCode, nameOf(each)).toBe(401)
  }
})

test("on every route another contact's conversation does not exist, and nothing of it is told", async () => {
  const reached = routes().filter(({ audience, path }) => audience === 'contact' && path.includes(':conversationId'))
  expect(reached.length).toBeGreaterThan(7)
  for (const each of reached) {
    const answer = await call(each, contactOf('mallory'), conversationId)
    expect([answer.statusCode, answer.json<{ code: string }>().code], nameOf(each)).toEqual([
      404,
      'conversation.not_found',
    ])
    expect(answer.body, nameOf(each)).not.toContain('secret of ann')
  }
})

test('an agent who asks for what is not there is told so, on every route', async () => {
  const reached = routes().filter(({ audience, path }) => audience === 'team' && path.includes(':'))
  for (const each of reached) {
    expect((await call(each, { cookie: agentCookie }, randomUUID())).statusCode, nameOf(each)).toBe(404)
  }
})

test('no route answers a hostile id with anything but a refusal', async () => {
  const hostile = ["' OR 1=1 --", '../../etc/passwd', '%00', '{}', '00000000-0000-0000-0000-000000000000', '💥']
  for (const each of routes().filter(({ path }) => path.includes(':conversationId'))) {
    for (const id of hostile) {
      const headers = each.audience === 'team' ? { cookie: agentCookie } : contactOf('ann')
      const { statusCode } = await call(each, headers, encodeURIComponent(id))
      expect(statusCode, `${nameOf(each)} with ${id}`).toBeGreaterThanOrEqual(400)
      expect(statusCode, `${nameOf(each)} with ${id}`).toBeLessThan(500)
    }
  }
})
