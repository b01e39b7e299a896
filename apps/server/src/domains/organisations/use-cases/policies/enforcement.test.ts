import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { PolicyName } from '@clew/contract/security-policies'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startModelServer } from '../../../../testkit/model-server.ts'
import { truthfulReply } from '../../../../testkit/truthful-model.ts'
import { createWorld, type World } from '../../../../testkit/world.ts'
import { startConversation } from '../../../conversations/index.ts'
import { viewLink } from '../../../har/index.ts'

let server: Awaited<ReturnType<typeof startModelServer>>
let world: World
beforeAll(async () => {
  server = await startModelServer((asked) => ({ say: truthfulReply(asked) }))
  world = await createWorld({ config: { model: { url: server.url, name: 'scripted', key: undefined } } })
})
afterAll(async () => {
  await world.close()
  await server.close()
})

type Contact = Awaited<ReturnType<World['contact']>>
let boss: Awaited<ReturnType<World['member']>>
let ann: Contact
let stranger: Contact
beforeEach(async () => {
  const organisationId = await world.organisation()
  boss = await world.member(organisationId)
  ;[ann, stranger] = [await world.contact(), await world.contact()]
  await belongs(ann.id)
})

const belongs = (contactId: string) =>
  world.rows('UPDATE contacts SET organisation_id = $2 WHERE id = $1', [contactId, boss.organisationId])

async function rule(name: PolicyName, value: object, version = 0): Promise<void> {
  const answer = await world.app.inject({
    method: 'PUT',
    url: `/api/v1/console/policies/${name}`,
    headers: boss.headers,
    payload: { version, value, confirmed: true },
  })
  expect(answer.statusCode, answer.body).toBe(200)
}

const upload = (who: { headers: Record<string, string> }, name: string, body: string, path = '/widget/files') =>
  world.app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    headers: {
      ...who.headers,
      'content-type': 'text/plain',
      'x-clew-file-id': randomUUID(),
      'x-clew-file-name': name,
    },
    payload: body,
  })
const codeOf = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code

describe('attachments', () => {
  test('a file of a kind that is not allowed is refused to the people of the organisation, and to nobody else', async () => {
    await rule('attachments', { kinds: ['pictures'], maxMb: 1 })
    expect(codeOf(await upload(ann, 'a.txt', 'hello'))).toBe('policy.file_kind_refused')
    expect((await upload(stranger, 'a.txt', 'hello')).statusCode).toBe(201)
    expect(await world.rows('SELECT 1 FROM files WHERE contact_id = $1', [ann.id])).toEqual([])
  })

  test('so is one that is too large', async () => {
    await rule('attachments', { kinds: ['text'], maxMb: 1 })
    expect((await upload(ann, 'a.txt', 'hello')).statusCode).toBe(201)
    expect(codeOf(await upload(ann, 'b.txt', 'x'.repeat(1_000_001)))).toBe('policy.file_too_large')
  })

  test('a recording of a browser is not meant', async () => {
    await rule('attachments', { kinds: ['pictures'], maxMb: 1 })
    expect((await upload(ann, 'a.har', '{"log":{"entries":[]}}')).statusCode).toBe(201)
  })

  test('an upload in pieces is refused when it begins, and again by what its bytes are', async () => {
    await rule('attachments', { kinds: ['media'], maxMb: 1 })
    const begin = (name: string, length: number, type: string) =>
      world.app.inject({
        method: 'POST',
        url: '/api/v1/widget/uploads',
        headers: {
          ...ann.headers,
          'tus-resumable': '1.0.0',
          'upload-length': String(length),
          'upload-metadata': `filename ${btoa(name)},filetype ${btoa(type)},kind ${btoa('file')}`,
        },
      })
    expect(codeOf(await begin('a.log', 5, 'text/plain'))).toBe('policy.file_kind_refused')
    const film = await begin('film', 5, 'video/mp4')
    expect(film.statusCode).toBe(201)
    const sent = await world.app.inject({
      method: 'PATCH',
      url: String(film.headers['location']).replace(/^https?:\/\/[^/]+/, ''),
      headers: {
        ...ann.headers,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      payload: Buffer.from('hello'),
    })
    expect(codeOf(sent)).toBe('policy.file_kind_refused')
  })

  test("the support team's own rule binds its agents", async () => {
    const team = await world.supportTeam()
    const lead = await world.member(team)
    const path = '/api/v1/console/policies/attachments'
    await world.app.inject({
      method: 'PUT',
      url: path,
      headers: lead.headers,
      payload: { version: 0, value: { kinds: ['pictures'], maxMb: 1 } },
    })
    expect(codeOf(await upload(lead, 'a.txt', 'hello', '/files'))).toBe('policy.file_kind_refused')
    expect((await upload(stranger, 'a.txt', 'hello')).statusCode).toBe(201)
    await world.app.inject({
      method: 'PUT',
      url: path,
      headers: lead.headers,
      payload: { version: 1, value: {} },
    })
    expect((await upload(lead, 'a.txt', 'hello', '/files')).statusCode).toBe(201)
  })
})

describe('view-only links', () => {
  async function shared(options: object = {}) {
    const file = (await upload(ann, 'notes.txt', 'hello')).json<{ id: string }>()
    const agent = await world.member(await world.supportTeam())
    const answer = await world.app.inject({
      method: 'POST',
      url: `/api/v1/files/${file.id}/links`,
      headers: agent.headers,
      payload: options,
    })
    return { answer, url: () => answer.json<{ url: string }>().url }
  }
  const opens = async (url: string) => {
    const token = url.split('#token=').at(-1) ?? ''
    return viewLink(world.clew.newCtx('test'), {
      token,
      proof: undefined,
      agentName: undefined,
      addressHash: 'x',
    }).then(
      () => true,
      () => false,
    )
  }

  test('are not made where they are not allowed, nor without a password, nor for longer', async () => {
    await rule('public_links', { allowed: false })
    expect(codeOf((await shared()).answer)).toBe('policy.links_not_allowed')
    await rule('public_links', { passwordRequired: true, maxDays: 7 }, 1)
    expect(codeOf((await shared()).answer)).toBe('policy.links_need_password')
    expect(codeOf((await shared({ password: 'long enough', expiresInDays: 8 })).answer)).toBe('policy.links_too_long')
    expect((await shared({ password: 'long enough', expiresInDays: 7 })).answer.statusCode).toBe(201)
  })

  test('that were made before lead nowhere from then on, and back when the rule is taken back', async () => {
    const { url } = await shared({ expiresInDays: 30 })
    expect(await opens(url())).toBe(true)
    const told = await world.app.inject({
      method: 'POST',
      url: '/api/v1/console/policies/public_links/preview',
      headers: boss.headers,
      payload: { value: { allowed: false } },
    })
    expect(told.json()).toMatchObject({ isDangerous: true, effects: [{ code: 'links_end', count: 1, of: 1 }] })
    await rule('public_links', { allowed: false })
    expect(await opens(url())).toBe(false)
    await rule('public_links', {}, 1)
    expect(await opens(url())).toBe(true)
  })
})

const words = 'over the limit of this plan'
const recording = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: [
      {
        startedDateTime: '2026-11-24T08:00:00.000Z',
        time: 10,
        request: { method: 'GET', url: 'https://app.northlight.example/api', httpVersion: 'HTTP/2', headers: [] },
        response: {
          status: 413,
          statusText: 'Payload Too Large',
          httpVersion: 'HTTP/2',
          headers: [],
          content: { size: 40, mimeType: 'application/json', text: JSON.stringify({ error: { message: words } }) },
        },
        cache: {},
        timings: { send: 1, wait: 1, receive: 1 },
      },
    ],
  },
})

test('a strict organisation’s captures keep no words, whatever the operator’s level is', async () => {
  await rule('har', { level: 'strict' })
  expect(await cleaned(ann)).not.toContain(words)
  expect(await cleaned(stranger)).toContain(words)
})

test('a browser is told to clean strictly for a strict organisation, and else as the operator says', async () => {
  const told = async ({ headers }: Contact) =>
    (await world.app.inject({ url: '/api/v1/widget/sanitising', headers })).json<{ policy: string }>()
  const { sanitising } = world.config
  expect(await told(ann)).toEqual(sanitising)
  await rule('har', { level: 'strict' })
  expect(await told(ann)).toEqual({ ...sanitising, policy: 'strict' })
  expect(await told(stranger)).toEqual(sanitising)
  await rule('har', { level: 'standard' }, 1)
  expect(await told(ann)).toEqual(sanitising)
})

/** What is kept of a recording that somebody sends. */
async function cleaned(who: Contact): Promise<string> {
  const opening = { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body: 'x', fileIds: [] }
  const { started } = await startConversation(who.ctx, { ...opening, locale: 'en' })
  const { id: fileId } = (await upload(who, 'app.har', recording)).json<{ id: string }>()
  const attached = await world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations/${started.conversation.id}/captures`,
    headers: who.headers,
    payload: { clientMessageId: randomUUID(), fileId, removed: [] },
  })
  expect(attached.statusCode, attached.body).toBe(201)
  await expect
    .poll(async () => (await world.rows('SELECT state FROM captures WHERE file_id = $1', [fileId]))[0]?.['state'], {
      timeout: 15_000,
    })
    .toBe('analysed')
  const [file] = await world.rows('SELECT storage_key FROM files WHERE id = $1', [fileId])
  return (await buffer(await world.clew.house.storage.get(String(file?.['storage_key'])))).toString()
}

describe('the model', () => {
  const question = 'where do I find a request id?'
  /** What a model was asked while somebody got an answer. */
  async function answered(isOfOrganisation: boolean) {
    const before = server.asked.length
    const contact = await world.contact()
    if (isOfOrganisation) await belongs(contact.id)
    const opening = { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body: question, fileIds: [] }
    const { started } = await startConversation(contact.ctx, { ...opening, locale: 'en' })
    const of = [started.conversation.id]
    await expect
      .poll(
        async () => {
          await world.settle()
          const [row] = await world.rows(
            `SELECT (SELECT count(*)::int FROM messages WHERE conversation_id = $1 AND author_type = 'assistant') AS said,
                    (SELECT count(*)::int FROM dialogues WHERE conversation_id = $1 AND composing IS NOT NULL) AS waits`,
            of,
          )
          return Number(row?.['said']) > 0 && row?.['waits'] === 0
        },
        { timeout: 15_000 },
      )
      .toBe(true)
    return server.asked.slice(before)
  }

  test('is not asked for an organisation that does not want it', async () => {
    await rule('model', { allowed: false })
    expect(await answered(true)).toHaveLength(0)
    expect((await answered(false)).length).toBeGreaterThan(0)
  })

  test('is asked to keep nothing for one that wants that', async () => {
    await rule('model', { zeroRetention: true })
    expect((await answered(true)).map(({ body }) => body.store)).toEqual(expect.arrayContaining([false]))
    for (const { body } of await answered(false)) expect(body.store).toBeUndefined()
  })
})
