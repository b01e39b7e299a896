import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConversationId } from '@clew/contract/primitives'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendAgentMessage } from '../domains/conversations/use-cases/send-agent-message.ts'
import { Browser, createPagedWorld, type PagedWorld } from '../testkit/paged-world.ts'
import type { World } from '../testkit/world.ts'

let paged: PagedWorld
let world: World

beforeAll(async () => {
  paged = await createPagedWorld()
  world = paged.world
})
afterAll(() => paged.close())

const wrote = async (email: string, body: string) => {
  const contact = await world.contact()
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: contact.headers,
    payload: { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body, locale: 'en' },
  })
  await world.app.inject({
    method: 'PATCH',
    url: '/api/v1/widget/contact',
    headers: contact.headers,
    payload: { email },
  })
  await world.settle()
  const { conversation } = answer.json<{ conversation: { id: string; number: number } }>()
  return { id: conversation.id, number: conversation.number, contact }
}

const mailTo = async (address: string): Promise<string | undefined> => {
  await world.settle()
  await expect
    .poll(async () => (await world.rows(`SELECT 1 FROM mails WHERE state = 'queued'`)).length, { timeout: 10_000 })
    .toBe(0)
  const folder = join(world.config.dataDir, 'mail')
  const texts = await Promise.all(
    (await readdir(folder).catch(() => [])).map((name) => readFile(join(folder, name), 'utf8')),
  )
  const tokens = texts
    .filter((text) => text.includes(`To: ${address}`) && text.includes('/my/enter'))
    .flatMap((text) => /token=(?:3D)?([\w-]{43})/.exec(text.replaceAll('=\n', ''))?.[1] ?? [])
  const fresh = tokens.find((token) => !taken.has(token))
  if (fresh !== undefined) taken.add(fresh)
  return fresh
}
const taken = new Set<string>()

const mailsOf = async (client: pg.Client, address: string) =>
  (await client.query('SELECT 1 FROM mails WHERE recipient = $1', [address])).rowCount

async function signedIn(address: string): Promise<Browser> {
  const browser = new Browser(paged.app)
  await browser.get('/en/my')
  await browser.post('/en/my/link', { email: address })
  const token = (await mailTo(address)) ?? ''
  await browser.get(`/en/my/enter?token=${token}`)
  const entered = await browser.post('/en/my/enter', { token })
  expect([entered.statusCode, entered.headers['location']]).toEqual([303, '/en/my'])
  return browser
}

let address = ''
let count = 0
beforeEach(() => {
  count += 1
  address = `maria-${count}@kyma.example`
})

describe('the link in the mail', () => {
  test('opens the cases of its address, whichever browser they were written from', async () => {
    const [first, second] = [await wrote(address, 'Upload stops'), await wrote(address.toUpperCase(), 'Export empty')]
    const other = await wrote('other@kyma.example', 'Not yours')
    const browser = await signedIn(address)
    const { body } = await browser.get('/en/my')
    expect(body).toContain(`C-${first.number}`)
    expect(body).toContain(`C-${second.number}`)
    expect(body).not.toContain(`C-${other.number}`)
    expect((await browser.get(`/en/my/C-${first.number}`)).body).toContain('Upload stops')
  })

  test("leads to nobody else's case, by number or by file", async () => {
    await wrote(address, 'Mine')
    const other = await wrote('other@kyma.example', 'Theirs')
    const browser = await signedIn(address)
    for (const path of ['', `/files/${randomUUID()}`]) {
      const answer = await browser.get(`/en/my/C-${other.number}${path}`)
      expect(answer.statusCode).toBe(404)
      expect(answer.body).not.toContain('Theirs')
    }
    for (const act of ['reply', 'reopen'])
      expect((await browser.post(`/en/my/C-${other.number}/${act}`, { body: 'x' })).statusCode).toBe(404)
    const missing = await browser.get('/en/my/C-999999')
    expect(missing.statusCode).toBe(404)
  })

  test('and whoever is in takes their data away as one file, by a button of the page and by nothing else', async () => {
    const mine = await wrote(address, 'Mine to take')
    const browser = await signedIn(address)
    expect((await browser.get('/en/my')).body).toContain('/en/my/export')
    const file = await browser.post('/en/my/export', {})
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'application/zip'])
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="my-data-.*\.zip"$/)
    expect(file.headers['cache-control']).toBe('private, no-store')
    expect(file.body).toContain(`cases/C-${mine.number}.json`)
    expect((await browser.post('/en/my/export', { csrf: 'x' })).statusCode).toBe(403)
    expect((await browser.get('/en/my/export')).statusCode).toBe(404)
    const stranger = new Browser(paged.app)
    await stranger.get('/en/my')
    const refused = await stranger.post('/en/my/export', {})
    expect([refused.statusCode, refused.headers['location']]).toEqual([303, '/en/my'])
  })

  test('does nothing when a program follows it, and works once when a person presses the button', async () => {
    await wrote(address, 'Mine')
    const browser = new Browser(paged.app)
    await browser.get('/en/my')
    await browser.post('/en/my/link', { email: address })
    const token = (await mailTo(address)) ?? ''
    for (let i = 0; i < 3; i += 1) {
      const looked = await browser.get(`/en/my/enter?token=${token}`)
      expect([looked.statusCode, String(looked.headers['set-cookie']).includes('clew_my')]).toEqual([200, false])
    }
    const both = await Promise.all([browser.post('/en/my/enter', { token }), browser.post('/en/my/enter', { token })])
    expect(both.map(({ headers }) => String(headers['location'])).toSorted((a, b) => a.localeCompare(b))).toEqual([
      '/en/my',
      '/en/my?notice=link_invalid',
    ])
    const cookie = both.map(({ headers }) => String(headers['set-cookie'])).join()
    expect(cookie).toMatch(/__Host-clew_my=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax/)
    const [row] = await world.rows('SELECT token_hash FROM case_sessions WHERE address = $1', [address])
    expect(cookie).not.toContain(Buffer.from(row?.['token_hash'] as Uint8Array).toString('base64url'))
  })

  test('ends after half an hour', async () => {
    await wrote(address, 'Mine')
    const browser = new Browser(paged.app)
    await browser.get('/en/my')
    await browser.post('/en/my/link', { email: address })
    const token = (await mailTo(address)) ?? ''
    world.clock.advance(30 * 60_000 + 1)
    await browser.get(`/en/my/enter?token=${token}`)
    expect((await browser.post('/en/my/enter', { token })).headers['location']).toBe('/en/my?notice=link_invalid')
    expect((await browser.get('/en/my/C-1001')).statusCode).toBe(303)
  })

  test('is asked for in the same way, whoever the address belongs to', async () => {
    await wrote(address, 'Mine')
    const ask = async (email: string) => {
      const browser = new Browser(paged.app)
      await browser.get('/en/my')
      const answer = await browser.post('/en/my/link', { email })
      const page = await browser.get(String(answer.headers['location']))
      const seen = page.body.replaceAll(/value="[^"]+"|data-csrf="[^"]+"/g, '')
      return [answer.statusCode, answer.headers['location'], seen]
    }
    await ask(address)
    const known = [await ask(address), await ask(address)]
    const unknown = [await ask('nobody-1@kyma.example'), await ask('nobody-2@kyma.example')]
    for (const seen of [...known, ...unknown]) expect(seen).toEqual(known[0])
    await world.settle()
    expect(await world.rows(`SELECT 1 FROM mails WHERE recipient LIKE 'nobody-%'`)).toEqual([])
    expect((await world.rows('SELECT 1 FROM mails WHERE recipient = $1', [address])).length).toBe(3)
    await ask(address)
    await world.settle()
    expect((await world.rows('SELECT 1 FROM mails WHERE recipient = $1', [address])).length).toBe(3)
  })

  test('is answered before anybody looks whose the address is, so that the time says nothing', async () => {
    await wrote(address, 'Mine')
    const browser = new Browser(paged.app)
    await browser.get('/en/my')
    const locking = new pg.Client(world.connection)
    locking.on('error', () => undefined)
    await locking.connect()
    try {
      // Who looked for the person, or waited for the mail, would wait until this is taken away, and with it all below.
      await locking.query(`SET idle_in_transaction_session_timeout = '20s'`)
      await locking.query('BEGIN; LOCK TABLE contacts, conversations, mails IN ACCESS EXCLUSIVE MODE')
      for (const email of [address, 'nobody@kyma.example'])
        expect((await browser.post('/en/my/link', { email })).headers['location']).toBe('/en/my?asked=1')
      expect(await mailsOf(locking, address)).toBe(0)
      await locking.query('COMMIT')
      await expect.poll(() => mailsOf(locking, address)).toBe(1)
    } finally {
      await locking.end()
    }
  })

  test('opens nothing of one for whom a host page has signed with another address', async () => {
    const { contact, number } = await wrote(address, 'Mine')
    await world.rows(`UPDATE contacts SET subject = $2, verified_email = 'proved@kyma.example' WHERE id = $1`, [
      contact.id,
      `sub-${count}`,
    ])
    await wrote(address, 'Another')
    const browser = await signedIn(address)
    expect((await browser.get('/en/my')).body).not.toContain(`C-${number}`)
    const proved = await signedIn('proved@kyma.example')
    expect((await proved.get('/en/my')).body).toContain(`C-${number}`)
  })
})

describe('a case of mine', () => {
  test('is answered from the page once, however often the form is sent', async () => {
    const { number, id } = await wrote(address, 'Mine')
    const browser = await signedIn(address)
    await browser.get(`/en/my/C-${number}`)
    const key = `sk-${'proj'}-${'Zq7'.repeat(14)}`
    const twice = { body: `  It still fails\nwith ${key}  ` }
    expect((await browser.post(`/en/my/C-${number}/reply`, twice)).statusCode).toBe(303)
    expect((await browser.post(`/en/my/C-${number}/reply`, twice)).statusCode).toBe(303)
    const said = await world.rows(
      `SELECT body FROM messages WHERE conversation_id = $1 AND author_type = 'contact' AND kind = 'message'`,
      [id],
    )
    expect(said).toHaveLength(2)
    expect(JSON.stringify(said)).not.toContain(key)
    const page = (await browser.get(`/en/my/C-${number}`)).body
    expect(page).toContain('It still fails')
    expect(page).toContain('masked here before it was stored')
    expect((await browser.post(`/en/my/C-${number}/reply`, { body: ' ' })).statusCode).toBe(422)
  })

  test('is opened again when it was not solved, and waits for a person', async () => {
    const { number, id } = await wrote(address, 'Mine')
    const agent = await world.agent()
    const { resolveConversation } = await import('../domains/conversations/use-cases/resolve-conversation.ts')
    await resolveConversation(agent.ctx, id as never)
    const browser = await signedIn(address)
    expect((await browser.get(`/en/my/C-${number}`)).body).toContain('Is it solved?')
    await browser.post(`/en/my/C-${number}/reopen`)
    await browser.post(`/en/my/C-${number}/reopen`)
    expect(
      await world.rows('SELECT status, handling, waiting_since IS NOT NULL AS waits FROM conversations WHERE id = $1', [
        id,
      ]),
    ).toEqual([{ status: 'open', handling: 'waiting', waits: true }])
  })

  test('says who writes next', async () => {
    const { id, number } = await wrote(address, 'I want to talk to a person')
    const browser = await signedIn(address)
    const first = (await browser.get(`/en/my/C-${number}`)).body
    expect(first).toContain('Next: the team answers here and by mail.')
    // Said of every case that a person has, also where the assistant had no part in it.
    expect(first).toContain('>Handed to a person.<')
    const agent = await world.agent('Nikos')
    const input = { clientMessageId: randomUUID(), body: 'Which browser is it?', kind: 'message' as const, fileIds: [] }
    await sendAgentMessage(agent.ctx, id as ConversationId, input)
    const { body } = await browser.get('/en/my')
    expect(body).toContain('Next: the team waits for your answer.')
    expect(body).not.toContain('Next: the team answers')
  })

  test('shows no note and nothing that is for the team alone', async () => {
    const { number, id } = await wrote(address, 'Mine')
    const agent = await world.agent()
    const { sendAgentMessage } = await import('../domains/conversations/use-cases/send-agent-message.ts')
    const note = { clientMessageId: randomUUID(), body: 'difficult customer', fileIds: [], kind: 'note' as const }
    await sendAgentMessage(agent.ctx, id as never, note)
    const browser = await signedIn(address)
    expect((await browser.get(`/en/my/C-${number}`)).body).not.toContain('difficult customer')
  })

  test('counts as new what the team said to them, and neither a note nor their own words', async () => {
    const person = 'counting@customer.example'
    const { number, id } = await wrote(person, 'Mine')
    const agent = await world.agent()
    const says = (body: string, kind: 'note' | 'message') =>
      sendAgentMessage(agent.ctx, id as ConversationId, { clientMessageId: randomUUID(), body, fileIds: [], kind })
    // The assistant says nothing more.
    await says('I am looking into it', 'message')
    await world.settle()
    const browser = await signedIn(person)
    await browser.get(`/en/my/C-${number}`)
    await says('difficult customer', 'note')
    await browser.post(`/en/my/C-${number}/reply`, { body: 'It still fails' })
    await says('another note', 'note')
    expect((await browser.get('/en/my')).body).not.toContain('new message')
    await says('Which browser is it?', 'message')
    expect((await browser.get('/en/my')).body).toContain('1 new message')
    expect((await browser.get(`/en/my/C-${number}`)).body).not.toContain('new message')
  })
})

describe('signing out', () => {
  test('ends this session; everywhere ends the others, the bubbles and the links', async () => {
    const { contact } = await wrote(address, 'Mine')
    const [one, two] = [await signedIn(address), await signedIn(address)]
    await one.get('/en/my')
    expect((await one.post('/en/my/sign-out')).headers['location']).toBe('/en/my?notice=signed_out')
    expect((await one.get('/en/my')).body).toContain('Send me the link')
    expect((await two.get('/en/my')).body).toContain('All cases under')
    await two.post('/en/my/sign-out-everywhere')
    expect((await two.get('/en/my')).body).toContain('Send me the link')
    expect(await world.rows('SELECT 1 FROM contact_sessions WHERE contact_id = $1', [contact.id])).toEqual([])
    expect(await world.rows('SELECT 1 FROM case_sessions WHERE address = $1', [address])).toEqual([])
    expect(await world.rows('SELECT 1 FROM mail_links WHERE address = $1', [address])).toEqual([])
  })

  test('happens by itself after thirty days without a visit', async () => {
    await wrote(address, 'Mine')
    const browser = await signedIn(address)
    world.clock.advance(29 * 86_400_000)
    expect((await browser.get('/en/my')).body).toContain('All cases under')
    world.clock.advance(29 * 86_400_000)
    expect((await browser.get('/en/my')).body).toContain('All cases under')
    world.clock.advance(31 * 86_400_000)
    expect((await browser.get('/en/my')).body).toContain('Send me the link')
  })

  test('and everything else cannot be done from a page of another site', async () => {
    await wrote(address, 'Mine')
    const browser = await signedIn(address)
    await browser.get('/en/my')
    for (const path of ['sign-out', 'sign-out-everywhere', 'delete', 'link', 'enter', 'identity', 'C-1001/reply'])
      expect((await browser.post(`/en/my/${path}`, {}, { origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await browser.post('/en/my/sign-out', { csrf: 'x' })).statusCode).toBe(403)
    expect((await browser.get('/en/my')).body).toContain('All cases under')
  })
})

describe('how recordings are cleaned', () => {
  const said = (body: string): unknown => {
    const [, text = '{}'] = /data-operator="([^"]*)"/.exec(body) ?? []
    return JSON.parse(text.replaceAll('&quot;', '"'))
  }

  test.each(['/en/har', '/en/contact'])('on %s, follows the organisation of who is signed in', async (path) => {
    const { contact } = await wrote(address, 'Mine')
    const organisationId = await world.organisation()
    await world.rows('UPDATE contacts SET organisation_id = $2 WHERE id = $1', [contact.id, organisationId])
    const [stranger, browser] = [new Browser(paged.app), await signedIn(address)]
    expect(said((await browser.get(path)).body)).toMatchObject({ sanitising: { policy: 'standard' } })
    await world.rows(`INSERT INTO security_policies VALUES ($1, 'har', 1, $2, $3, NULL)`, [
      organisationId,
      { level: 'strict' },
      world.clock.now(),
    ])
    const own = await browser.get(path)
    expect(said(own.body)).toMatchObject({ sanitising: { policy: 'strict' }, demandedBy: 'organisation' })
    expect(own.headers['cache-control']).toBe('private, no-store')
    const theirs = said((await stranger.get(path)).body)
    expect(theirs).toMatchObject({ sanitising: { policy: 'standard' } })
    expect(theirs).not.toHaveProperty('demandedBy')
  })
})

/** Whose rows go with a person. A new table that names a contact belongs here, and its room has to forget it. */
const tablesOfPeople = [
  'agent_walks',
  'assistant_questions',
  'assistant_regressions',
  'capture_links',
  'captures',
  'case_sessions',
  'cases',
  'contact_sessions',
  'conversations',
  'dialogues',
  'events',
  'facts',
  'files',
  'message_files',
  'messages',
  'own_exports',
  'request_lookups',
  'upload_segments',
  'uploads',
]

describe('deleting one’s data', () => {
  test('knows every table that names a contact', async () => {
    const found = await world.rows(
      `SELECT table_name FROM information_schema.columns WHERE column_name = 'contact_id' AND table_schema = 'public'`,
    )
    expect(found.map(({ table_name: name }) => String(name)).sort()).toEqual(tablesOfPeople)
  })

  test('shows what goes, asks for a word, and leaves nothing behind', async () => {
    const { contact, id } = await wrote(address, 'Upload stops')
    const fileId = randomUUID()
    const uploaded = await world.app.inject({
      method: 'POST',
      url: '/api/v1/widget/files',
      headers: {
        ...contact.headers,
        'content-type': 'text/plain',
        'x-clew-file-id': fileId,
        'x-clew-file-name': 'log.txt',
      },
      payload: 'hello',
    })
    expect(uploaded.statusCode, uploaded.body).toBe(201)
    await world.app.inject({
      method: 'POST',
      url: `/api/v1/widget/conversations/${id}/messages`,
      headers: contact.headers,
      payload: { clientMessageId: randomUUID(), body: 'see file', fileIds: [fileId] },
    })
    await world.settle()
    // What is in a message and is a capture besides: its file goes when neither is left.
    await world.rows(
      `INSERT INTO captures (id, conversation_id, contact_id, file_id, name, size_bytes, state, removed_in_browser, created_at)
       VALUES ($1, $2, $3, $4, 'a.har', 5, 'refused', '[]', now())`,
      [randomUUID(), id, contact.id, fileId],
    )
    const [stored] = await world.rows('SELECT storage_key FROM files WHERE id = $1', [fileId])
    const keys = async (): Promise<string[]> => {
      const all: string[] = []
      for await (const { key } of world.clew.house.storage.list()) all.push(key)
      return all
    }
    expect(await keys()).toContain(stored?.['storage_key'])

    const browser = await signedIn(address)
    const preview = (await browser.get('/en/my/delete')).body
    expect(preview).toMatch(/1 case with \d messages/)
    expect(preview).toContain('1 file')
    expect((await browser.post('/en/my/delete', { confirm: 'yes' })).statusCode).toBe(422)
    expect(await world.rows('SELECT 1 FROM contacts WHERE id = $1', [contact.id])).toHaveLength(1)
    await browser.get('/en/my/delete')
    const told = String((await browser.post('/en/my/delete', { confirm: 'Delete' })).headers['location'])
    expect(told).toMatch(/^\/en\/my\?notice=erased(&certificate=[\w-]+)?$/)

    await world.settle()
    for (const table of tablesOfPeople)
      expect(await world.rows(`SELECT 1 FROM ${table} WHERE contact_id = $1`, [contact.id]), table).toEqual([])
    expect(await world.rows('SELECT 1 FROM contacts WHERE id = $1', [contact.id])).toEqual([])
    expect(await world.rows('SELECT 1 FROM mails WHERE recipient = $1', [address])).toEqual([])
    expect(await world.rows('SELECT 1 FROM mail_links WHERE address = $1', [address])).toEqual([])
    expect(await keys()).not.toContain(stored?.['storage_key'])
    const [record] = await world.rows('SELECT * FROM erasures ORDER BY at DESC LIMIT 1')
    expect(record).toMatchObject({ conversations: 1, files: 1, asked_by: 'contact' })
    expect(JSON.stringify(record)).not.toMatch(new RegExp(`${contact.id}|${address}`))
    expect((await browser.get('/en/my')).body).toContain('Send me the link')
  })

  test('takes nothing of anybody else', async () => {
    const mine = await wrote(address, 'Mine')
    const other = await wrote(`other-${count}@kyma.example`, 'Theirs')
    const browser = await signedIn(address)
    await browser.get('/en/my/delete')
    await browser.post('/en/my/delete', { confirm: 'delete' })
    expect(await world.rows('SELECT 1 FROM conversations WHERE id = $1', [mine.id])).toEqual([])
    expect(await world.rows('SELECT 1 FROM messages WHERE conversation_id = $1', [other.id])).not.toEqual([])
  })
})
