import { randomUUID } from 'node:crypto'
import type { Connector, RequestLookupList } from '@clew/contract/connectors'
import type { ConversationId, OrganisationId } from '@clew/contract/primitives'
import type { EventList } from '@clew/contract/realtime'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fileKeys } from '../../../platform/storage/file-keys.ts'
import { textSeal } from '../../../platform/storage/text-seal.ts'
import { startLogServer } from '../../../testkit/log-server.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import type { ConnectorParts } from '../consult-logs.ts'
import { casePeople } from '../people.ts'
import { readWholeCase } from '../repository.ts'
import { askLogsAgain, readLookups } from './ask-logs-again.ts'
import { lookUpRequest } from './look-up-request.ts'
import { readConnector, saveConnector, testConnector } from './manage-connector.ts'
import { openCaseFile } from './open-case-file.ts'

let world: World
let logs: Awaited<ReturnType<typeof startLogServer>>
let owner: Awaited<ReturnType<World['agent']>>
let agent: Awaited<ReturnType<World['agent']>>
let parts: ConnectorParts
beforeAll(async () => {
  logs = await startLogServer()
})
afterAll(() => logs.close())
beforeEach(async () => {
  world = await createWorld({ config: { lookupHosts: ['127.0.0.1'] } })
  owner = await world.agent('Olga', 'owner')
  agent = await world.agent('Nikos')
  parts = {
    seal: textSeal(fileKeys(world.config.filesKey, world.config.dataDir)),
    operator: { command: undefined, hosts: ['127.0.0.1'] },
    jobs: { send: () => Promise.resolve() },
    asSystem: (_, job) => world.as({ type: 'system', job }),
  }
  logs.know({ at: '2026-11-24T07:48:12Z', status: 500, errorMessage: 'upstream refused' })
})
afterEach(() => world.close())

const save = (more: object = {}, ctx = owner.ctx) =>
  saveConnector(ctx, { version: 0, url: logs.url, timeoutMs: 1000, newSecret: false, ...more }, parts)

async function begin(body = 'Every call fails: req_11112222 is one of them.', isWaitedFor = true) {
  const contact = await world.contact()
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body,
    fileIds: [],
    locale: 'en' as const,
    timeZone: 'Europe/Athens',
  }
  const { started } = await startConversation(contact.ctx, opening)
  await world.settle()
  const { id } = started.conversation
  if (isWaitedFor) await expect.poll(() => waiting(id), { timeout: 20_000 }).toEqual([])
  return { contact, id }
}
const waiting = (id: ConversationId) =>
  world.rows(`SELECT id FROM request_lookups WHERE conversation_id = $1 AND state = 'waiting' ORDER BY id`, [id])
const lookups = async (id: ConversationId): Promise<RequestLookupList['lookups']> =>
  (await readLookups(agent.ctx, id, parts)).lookups
const connector = (): Promise<Connector> => readConnector(agent.ctx, parts)
const again = (id: ConversationId, requestId = 'req_11112222') =>
  askLogsAgain(agent.ctx, { conversationId: id, requestId }, parts)
/** What the queue would do with it. */
const run = async (id: ConversationId): Promise<void> => {
  for (const row of await waiting(id))
    await lookUpRequest(world.as({ type: 'system', job: 'test' }), String(row['id']), parts)
}

test('an id of a case is looked up by itself, once, and its moment is a fact for the team', async () => {
  await save()
  const { id } = await begin()
  expect(await lookups(id)).toMatchObject([
    { requestId: 'req_11112222', state: 'found', record: { status: 500, errorMessage: 'upstream refused' } },
  ])
  const seen = await openCaseFile(agent.ctx, id)
  expect(seen.case.facts.find(({ field }) => field === 'timestamps')).toMatchObject({
    source: 'log',
    value: { utc: '2026-11-24T07:48:12.000Z' },
  })
  await world.settle()
  expect(logs.asked).toHaveLength(1)
  expect((await connector()).calls).toMatchObject([{ reason: 'case', outcome: 'found', isCached: false }])
})

const told = /upstream refused|07:48:12|"log"/

test('the contact never sees what the logs said, by no way', async () => {
  await save()
  const { contact, id } = await begin()
  const url = `/api/v1/widget/conversations/${id}`
  const snapshot = await world.app.inject({ url, headers: contact.headers })
  expect(snapshot.body).toContain('req_11112222')
  expect(snapshot.body).not.toMatch(told)
  const payload = { field: 'account', value: { plan: 'team' } }
  const changed = await world.app.inject({ method: 'PUT', url: `${url}/case`, headers: contact.headers, payload })
  expect(changed.statusCode).toBe(200)
  expect(changed.body).not.toMatch(told)
  await world.settle()
  const after = encodeURIComponent(snapshot.json<{ position: string }>().position)
  const events = await world.app.inject({ url: `/api/v1/widget/events?after=${after}`, headers: contact.headers })
  expect(events.json<EventList>().events.map(({ change }) => change.type)).toContain('case')
  expect(events.body).not.toMatch(told)
  expect((await openCaseFile(agent.ctx, id)).case.facts.some(({ source }) => source === 'log')).toBe(true)
  for (const path of [`/api/v1/conversations/${id}/lookups`, '/api/v1/connector'])
    expect((await world.app.inject({ url: path, headers: contact.headers })).statusCode).toBe(401)
  // The second wall: in their own scope the row is not there.
  const { facts } = await contact.ctx.transaction((tx) => readWholeCase(tx, id))
  expect(facts.length).toBeGreaterThan(0)
  expect(JSON.stringify(facts)).not.toMatch(told)
})

test('what a contact says of the time outweighs the logs', async () => {
  await save()
  const { id } = await begin('Since today at 9:30 every call fails, e.g. req_11112222')
  const { facts } = (await openCaseFile(agent.ctx, id)).case
  expect(facts.find(({ field }) => field === 'timestamps')).toMatchObject({ source: 'contact' })
})

test('at most ten ids of a case are looked up by themselves', async () => {
  await save()
  const ids = Array.from({ length: 14 }, (_, n) => `req_${10_000_000 + n}`)
  const { id } = await begin(`These fail: ${ids.join(', ')}`)
  const all = await lookups(id)
  expect(all.filter(({ state }) => state === 'found')).toHaveLength(10)
  expect(all.filter(({ state }) => state === 'none').length).toBeGreaterThan(0)
})

test('without a connector nothing is looked up', async () => {
  const { id } = await begin()
  expect(await readLookups(agent.ctx, id, parts)).toEqual({
    isOn: false,
    lookups: [{ requestId: 'req_11112222', state: 'none' }],
  })
})

test('what was found is known for an hour, what was not for five minutes; an agent asks anew', async () => {
  await save()
  await begin()
  await begin()
  expect(logs.asked).toHaveLength(1)
  world.clock.advance(61 * 60_000)
  const { id } = await begin()
  expect(logs.asked).toHaveLength(2)
  logs.know({ found: false })
  await again(id)
  await run(id)
  expect(logs.asked).toHaveLength(1)
  expect(await lookups(id)).toMatchObject([{ state: 'not_found' }])
  await begin('req_33334444 fails')
  await begin('req_33334444 fails')
  expect(logs.asked).toHaveLength(2)
  world.clock.advance(6 * 60_000)
  await begin('req_33334444 fails')
  expect(logs.asked).toHaveLength(3)
  const { calls } = await connector()
  expect(calls.some(({ isCached }) => isCached)).toBe(true)
  expect(calls.find(({ reason }) => reason === 'again')).toMatchObject({ agentName: 'Nikos', outcome: 'not_found' })
  expect(JSON.stringify(calls)).not.toContain('upstream')
})

test('what fails in passing is tried three times, then said in words', async () => {
  await save()
  logs.play((_, response) => void response.writeHead(503).end())
  const { id } = await begin(undefined, false)
  const isFailed = async () => {
    // The queue would wait some seconds before each repeat.
    await world.rows(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`)
    await world.rows(`NOTIFY clew_news, 'jobs'`)
    return (await lookups(id))[0]?.state
  }
  await expect.poll(isFailed, { timeout: 15_000, interval: 100 }).toBe('failed')
  expect(await lookups(id)).toMatchObject([{ failure: 'status', status: 503 }])
  expect(logs.asked).toHaveLength(3)
}, 30_000)

test('a failure that stays is not tried again', async () => {
  await save()
  logs.play((_, response) => void response.end('garbage'))
  const { id } = await begin()
  expect(await lookups(id)).toMatchObject([{ state: 'failed', failure: 'malformed' }])
  expect(logs.asked).toHaveLength(1)
})

test('after five failures the logs rest for five minutes; a test that succeeds wakes them', async () => {
  await save()
  logs.play((_, response) => void response.end('garbage'))
  for (const n of [1, 2, 3, 4, 5]) await testConnector(owner.ctx, `req_${n}`, parts)
  expect((await connector()).restsUntil).toBe('2026-11-24T08:05:00.000Z')
  const { id } = await begin()
  expect(await lookups(id)).toMatchObject([{ state: 'failed', failure: 'resting' }])
  expect(logs.asked).toHaveLength(5)
  world.clock.advance(5 * 60_000 + 1)
  expect((await connector()).restsUntil).toBeUndefined()
  await testConnector(owner.ctx, 'req_6', parts)
  expect((await connector()).restsUntil).toBeDefined()
  logs.know({})
  expect(await testConnector(owner.ctx, 'req_7', parts)).toMatchObject({ outcome: 'found' })
  expect((await connector()).restsUntil).toBeUndefined()
})

test('sixty calls a minute are made; the next waits for the minute to pass and is no failure', async () => {
  await save()
  for (let n = 0; n < 60; n += 1) await testConnector(owner.ctx, `req_${n}`, parts)
  expect(await testConnector(owner.ctx, 'req_61', parts)).toMatchObject({ outcome: 'busy' })
  const { id } = await begin('req_11112222 fails', false)
  expect(await lookups(id)).toMatchObject([{ state: 'waiting' }])
  expect(logs.asked).toHaveLength(60)
  world.clock.advance(60_000)
  await run(id)
  expect(await lookups(id)).toMatchObject([{ state: 'found' }])
})

test('asking again while it waits changes nothing, and an id of no case is refused', async () => {
  await save()
  const { id } = await begin()
  await again(id)
  const rows = () => world.rows('SELECT asked_at, attempts FROM request_lookups')
  const before = await rows()
  world.clock.advance(1000)
  await again(id)
  expect(await rows()).toEqual(before)
  await expect(again(id, 'req_99999999')).rejects.toMatchObject({ code: 'lookup.not_on_case' })
  await run(id)
  await run(id)
  expect(logs.asked).toHaveLength(2)
})

test('agents read, owners change; nobody of another organisation does either', async () => {
  expect((await connector()).canChange).toBe(false)
  await expect(save({}, agent.ctx)).rejects.toMatchObject({ code: 'permission.denied' })
  await expect(testConnector(agent.ctx, 'req_1', parts)).rejects.toMatchObject({ code: 'permission.denied' })
  if (owner.actor.type !== 'agent') throw new Error('not an agent')
  const stranger = world.as({ ...owner.actor, organisationId: randomUUID() as OrganisationId })
  const { id } = await begin()
  await expect(save({}, stranger)).rejects.toMatchObject({ code: 'permission.denied' })
  await expect(readConnector(stranger, parts)).rejects.toMatchObject({ code: 'permission.denied' })
  await expect(readLookups(stranger, id, parts)).rejects.toMatchObject({ code: 'permission.denied' })
  const { contact } = await begin()
  await expect(readConnector(contact.ctx, parts)).rejects.toMatchObject({ code: 'permission.denied' })
  expect((await save()).connector).toMatchObject({ way: 'endpoint', updatedBy: 'Olga', canChange: true })
})

test('the secret is shown once and kept sealed; the same saved again changes nothing', async () => {
  const first = await save()
  expect(first.secret).toMatch(/^.{32,}$/)
  const second = await save()
  expect(second).toEqual({ connector: first.connector })
  await expect(save({ timeoutMs: 2000 })).rejects.toMatchObject({ code: 'connector.conflict' })
  const third = await save({ version: 1, newSecret: true })
  expect(third.secret).not.toBe(first.secret)
  const kept = JSON.stringify(await world.rows(`SELECT encode(sealed_secret, 'escape') AS s FROM request_connector`))
  expect(kept).not.toContain(third.secret)
})

test('an address that may not be called is refused when it is saved', async () => {
  for (const url of [
    'http://169.254.169.254/',
    'https://10.0.0.1/',
    'http://logs.example/',
    'nonsense',
    'https://a:b@logs.example/',
  ])
    await expect(save({ url })).rejects.toMatchObject({ code: 'connector.address_refused' })
})

test('who is forgotten takes what was looked up along, and joined people keep it', async () => {
  await save()
  const { contact } = await begin()
  const other = await begin('Something else is wrong')
  const system = world.as({ type: 'system', job: 'test' })
  await system.transaction(
    (tx) => casePeople.join?.(tx, { from: contact.id, to: other.contact.id }) ?? Promise.resolve(),
  )
  expect(await world.rows('SELECT contact_id FROM request_lookups')).toEqual([{ contact_id: other.contact.id }])
  await system.transaction((tx) => casePeople.forget(tx, other.contact.id))
  expect(await world.rows('SELECT 1 FROM request_lookups')).toEqual([])
})
