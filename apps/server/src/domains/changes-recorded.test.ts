import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../testkit/world.ts'
import { startConversation } from './conversations/index.ts'
import { openSession } from './sign-in/use-cases/open-session.ts'

let world: World
let headers: Record<string, string>
let organisationId: string
beforeAll(async () => {
  world = await createWorld()
  const owner = await world.agent('Elena', 'owner')
  const { token } = await world.clew.newCtx('test').transaction((tx) => openSession(tx, owner))
  headers = { cookie: `__Host-clew_session=${token}` }
  organisationId = await world.supportTeam()
})
afterAll(() => world.close())

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

async function call(method: Method, path: string, payload?: object) {
  const answer = await world.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
  expect(answer.statusCode, `${method} ${path}: ${answer.body.slice(0, 300)}`).toBeLessThan(300)
  return answer.headers['content-type']?.toString().includes('json') ? answer.json() : answer.body
}

type Body = { action: string; actor: { type: string; via: string }; targets: { type: string; id: string }[] }

async function recorded(): Promise<Body[]> {
  const rows = await world.rows('SELECT body FROM audit_events WHERE organisation_id = $1 ORDER BY seq', [
    organisationId,
  ])
  return rows.map(({ body }) => JSON.parse(String(body)) as Body)
}

/** What the log says of a piece of work: nothing else, and nothing less. */
async function during(work: () => Promise<unknown>): Promise<{ actions: string[]; text: string }> {
  const before = (await recorded()).length
  await work()
  const events = (await recorded()).slice(before)
  for (const { actor } of events) expect(actor).toMatchObject({ type: 'agent', via: 'session' })
  return { actions: events.map(({ action }) => action), text: JSON.stringify(events) }
}

test('settings, with what was changed and without the key of a model', async () => {
  const { actions, text } = await during(async () => {
    await call('PUT', '/settings/brand', { version: 0, value: { name: 'Kyma' } })
    const value = { kind: 'openai', url: 'https://models.example/v1', model: 'm' }
    await call('PUT', '/settings/model', { version: 0, value, key: 'sk-never-in-a-log' })
    await call('PUT', '/settings/brand', { version: 1, value: { name: 'Kyma' } })
  })
  expect(actions).toEqual(['settings.changed', 'settings.changed'])
  expect(text).toContain('Kyma')
  expect(text).not.toContain('sk-never')
})

test('the keys by which people are vouched for, and where request ids are looked up', async () => {
  const { actions, text } = await during(async () => {
    const { key, secret } = await call('POST', '/identity-keys', { algorithm: 'HS256', name: 'Product' })
    await call('DELETE', `/identity-keys/${key.id}`)
    const connector = { version: 0, url: 'https://logs.example/lookup' }
    const { secret: signing } = await call('PUT', '/connector', connector)
    expect([secret, signing].every((each) => typeof each === 'string' && each.length > 20)).toBe(true)
    expect(JSON.stringify(await recorded())).not.toContain(secret)
    expect(JSON.stringify(await recorded())).not.toContain(signing)
  })
  expect(actions).toEqual(['identity_key.created', 'identity_key.revoked', 'connector.changed'])
  expect(text).toContain('https://logs.example/lookup')
})

test('flows, and the status page', async () => {
  const { actions } = await during(async () => {
    const { version, document } = await call('GET', '/flows/billing/document')
    const changed = { ...document, title: { ...document.title, en: 'Questions about a bill' } }
    await call('PUT', '/flows/billing', { basedOn: version, document: changed })
    await call('POST', '/flows/billing/publish', { version: version + 1 })
    await call('POST', '/flows/billing/disable')
    const component = { slug: 'uploads_eu', names: { en: 'Uploads', el: 'Μεταφορτώσεις' }, position: 90 }
    const { id } = await call('POST', '/components', component)
    await call('PUT', `/components/${id}`, { ...component, position: 91 })
    await call('PUT', `/components/${id}/status`, { status: 'degraded_performance' })
    const bodies = { en: 'Uploads are slow.', el: 'Οι μεταφορτώσεις αργούν.' }
    const incident = await call('POST', '/incidents', {
      clientIncidentId: randomUUID(),
      titles: { en: 'Slow uploads', el: 'Αργές μεταφορτώσεις' },
      impact: 'minor',
      components: [],
      bodies,
    })
    await call('POST', `/incidents/${incident.id}/updates`, {
      clientUpdateId: randomUUID(),
      status: 'resolved',
      bodies,
    })
  })
  expect(actions).toEqual([
    'flow.saved',
    'flow.published',
    'flow.withdrawn',
    'component.saved',
    'component.saved',
    'component.status_changed',
    'incident.opened',
    'incident.updated',
  ])
})

test('macros', async () => {
  const { actions } = await during(async () => {
    const { id } = await call('POST', '/macros', { name: 'Ask for the time', bodies: { en: 'When?' } })
    await call('PATCH', `/macros/${id}`, { version: 1, resolves: true })
    await call('DELETE', `/macros/${id}`)
  })
  expect(actions).toEqual(['macro.created', 'macro.changed', 'macro.deleted'])
})

test('public links, and who reads what people sent; the same reading once in ten minutes', async () => {
  const { captureId, fileId } = await sentCapture()
  const { actions } = await during(async () => {
    const { link } = await call('POST', `/captures/${captureId}/links`, {})
    await call('DELETE', `/captures/${captureId}/links/${link.id}`)
    await call('DELETE', `/captures/${captureId}/links/${link.id}`)
    await call('GET', `/captures/${captureId}/entries/0`)
    await call('GET', `/captures/${captureId}/entries/0`)
    await call('GET', `/files/${fileId}`)
    await call('GET', `/files/${fileId}`)
  })
  expect(actions).toEqual(['link.created', 'link.revoked', 'capture.read', 'capture.downloaded'])
})

async function sentCapture(): Promise<{ captureId: string; fileId: string }> {
  const contact = await world.contact()
  const opening = { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body: 'it is slow', fileIds: [] }
  const { started } = await startConversation(contact.ctx, { ...opening, locale: 'en' })
  const fileId = randomUUID()
  const bytes = Buffer.from(JSON.stringify(har))
  const tus = { ...contact.headers, 'tus-resumable': '1.0.0' }
  const metadata = `filename ${Buffer.from('slow.har').toString('base64')},id ${Buffer.from(fileId).toString('base64')}`
  await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/uploads',
    headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  })
  await world.app.inject({
    method: 'PATCH',
    url: `/api/v1/widget/uploads/${fileId}`,
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    payload: bytes,
  })
  await world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations/${started.conversation.id}/captures`,
    headers: contact.headers,
    payload: { clientMessageId: fileId, fileId, removed: [] },
  })
  let captureId = ''
  await expect
    .poll(async () => {
      await world.settle()
      const [row] = await world.rows('SELECT id, state FROM captures WHERE file_id = $1', [fileId])
      captureId = String(row?.['id'])
      return row?.['state']
    })
    .toBe('analysed')
  return { captureId, fileId }
}

const har = {
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: [
      {
        startedDateTime: '2026-11-24T08:00:00.000Z',
        time: 100,
        request: {
          method: 'GET',
          url: 'https://app.northlight.example/api/files/1',
          httpVersion: 'HTTP/2',
          cookies: [],
          headers: [],
          queryString: [],
          headersSize: -1,
          bodySize: 0,
        },
        response: {
          status: 413,
          statusText: '',
          httpVersion: 'HTTP/2',
          cookies: [],
          headers: [],
          content: { size: 0, mimeType: 'text/plain' },
          redirectURL: '',
          headersSize: -1,
          bodySize: 0,
        },
        cache: {},
        timings: { send: 1, wait: 98, receive: 1 },
      },
    ],
  },
}
