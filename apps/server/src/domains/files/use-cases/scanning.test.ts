import { randomUUID } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from '@clew/contract/conversations'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createClew } from '../../../clew.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { createLog } from '../../../platform/log.ts'
import { sqlOf } from '../../../platform/sql.ts'
import { answerTo, eicar, startClamd, type TestClamd } from '../../../testkit/clamd.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { setScanning } from './set-scanning.ts'

type Contact = Awaited<ReturnType<World['contact']>>
let world: World
let clamd: TestClamd
let ann: Contact
let agent: { headers: Record<string, string> }

beforeAll(async () => {
  clamd = await startClamd({ maxBytes: 3_000_000 })
  world = await createWorld({ config: { clamd: clamd.address } })
  await world.clew.house.settleScanning()
  ann = await world.contact()
  agent = await world.member(await world.supportTeam(), 'owner')
})
afterAll(async () => {
  await world.close()
  await clamd.stop()
})
afterEach(() => clamd.answer(answerTo))

const inject = (
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  who: { headers: Record<string, string> },
  payload?: object,
) => world.app.inject({ method, url: `/api/v1${url}`, headers: who.headers, ...(payload ? { payload } : {}) })

async function upload(content: Buffer | string, name = 'note.txt'): Promise<string> {
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: {
      ...ann.headers,
      'x-clew-file-id': randomUUID(),
      'x-clew-file-name': encodeURIComponent(name),
      'content-type': 'text/plain',
    },
    payload: content,
  })
  expect(answer.statusCode).toBe(201)
  return answer.json<{ id: string }>().id
}

/** In pieces, by tus. */
async function uploadInPieces(content: Buffer, name = 'large.bin'): Promise<string> {
  const id = randomUUID()
  const metadata = { id, filename: name, filetype: 'application/zip', kind: 'file' }
  const begun = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/uploads',
    headers: {
      ...ann.headers,
      'tus-resumable': '1.0.0',
      'upload-length': String(content.length),
      'upload-metadata': Object.entries(metadata)
        .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
        .join(),
    },
  })
  expect(begun.statusCode).toBe(201)
  const half = Math.ceil(content.length / 2)
  for (const [offset, piece] of [
    [0, content.subarray(0, half)],
    [half, content.subarray(half)],
  ] as const) {
    const sent = await world.app.inject({
      method: 'PATCH',
      url: `/api/v1/widget/uploads/${id}`,
      headers: {
        ...ann.headers,
        'tus-resumable': '1.0.0',
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      payload: piece,
    })
    expect(sent.statusCode).toBe(204)
  }
  return id
}

const stateOf = async (id: string) => (await world.rows('SELECT state FROM files WHERE id = $1', [id]))[0]?.['state']
const become = (id: string, state: string) => expect.poll(() => stateOf(id)).toBe(state)
const code = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code
const download = (id: string) => inject('GET', `/widget/files/${id}`, ann)
const asAgent = (id: string) => inject('GET', `/files/${id}`, agent)
const scanAgain = () =>
  world.clew.house.jobs
    .find(({ name }) => name === 'files.scan_waiting')
    ?.run(world.clew.newCtx('files.scan_waiting'), {} as never)
const onDisk = (): string[] => {
  const root = join(world.config.dataDir, 'files')
  return readdirSync(root, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(root, path)).isFile())
}

/** Says something with these files, and what the conversation shows of them afterwards. */
async function say(fileIds: string[]) {
  const started = await inject('POST', '/widget/conversations', ann, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'see',
    fileIds,
    locale: 'en',
  })
  const { conversation, message } = started.json<{ conversation: { id: string }; message: Message }>()
  const attachments = async (who = ann as { headers: Record<string, string> }, base = '/widget/conversations') =>
    (await inject('GET', `${base}/${conversation.id}/messages?after=0`, who))
      .json<{ messages: Message[] }>()
      .messages.find(({ id }) => id === message.id)?.attachments
  return { status: started.statusCode, code: started.json<{ code?: string }>().code, attachments }
}

describe('with a virus scanner', () => {
  test('a clean file is there when the scanner has looked at it, and the scanner saw all of it', async () => {
    const id = await upload('γειά')
    await become(id, 'stored')
    expect((await download(id)).body).toBe('γειά')
    expect(clamd.seen.some((bytes) => bytes.toString() === 'γειά')).toBe(true)
  })

  test.each([
    ['in one', (content: string) => upload(content)],
    ['in pieces', (content: string) => uploadInPieces(Buffer.from(content.padEnd(200_000, '\n')))],
  ])('a file with a virus that came %s can be read by nobody, and its bytes are gone', async (_how, send) => {
    const before = onDisk()
    const id = await send(`x${eicar}`)
    await become(id, 'refused')
    for (const answer of [await download(id), await asAgent(id)])
      expect([answer.statusCode, code(answer), answer.body.includes('EICAR')]).toEqual([
        422,
        'file.scan_refused',
        false,
      ])
    await expect.poll(() => onDisk().filter((path) => !before.includes(path))).toEqual([])
    expect((await say([id])).code).toBe('file.scan_refused')
    const [row] = await world.rows('SELECT scan_finding FROM files WHERE id = $1', [id])
    expect(row?.['scan_finding']).toBe('Eicar-Test-Signature')
  })

  test('a file that is too large for it is refused as well', async () => {
    const id = await upload(Buffer.alloc(3_500_000, 'x'))
    await become(id, 'refused')
  })

  test('while it is away files wait, everyone sees it, and nobody reads them; when it is back they are there', async () => {
    await clamd.stop()
    const [clean, bad] = [await upload('clean'), await upload(`bad ${eicar}`)]
    const said = await say([clean, bad])
    expect(said.status).toBe(201)
    await expect(scanAgain()).rejects.toThrow(/scanner/)
    for (const id of [clean, bad])
      for (const answer of [await download(id), await asAgent(id)])
        expect([answer.statusCode, code(answer)]).toEqual([409, 'file.not_ready'])
    const waiting = [
      { fileId: clean, check: 'waiting' },
      { fileId: bad, check: 'waiting' },
    ]
    expect(await said.attachments()).toMatchObject(waiting)
    expect(await said.attachments(agent, '/conversations')).toMatchObject(waiting)

    await clamd.start()
    await scanAgain()
    await world.settle()
    expect((await download(clean)).body).toBe('clean')
    expect(code(await download(bad))).toBe('file.scan_refused')
    for (const seen of [await said.attachments(), await said.attachments(agent, '/conversations')]) {
      expect(seen?.map(({ check }) => check)).toEqual([undefined, 'refused'])
    }
  })

  test('whoever looks on hears of it', async () => {
    await clamd.stop()
    const id = await upload('soon there')
    await say([id])
    await world.settle()
    const from = (await world.rows('SELECT coalesce(max(id), 0)::int AS id FROM events'))[0]?.['id']
    await clamd.start()
    await scanAgain()
    await world.settle()
    const heard = await world.rows('SELECT name, contact_id FROM events WHERE id > $1 ORDER BY id', [from])
    expect(heard).toContainEqual({ name: 'message.file_checked', contact_id: ann.id })
  })

  test('an answer that cannot be understood lets no file through', async () => {
    clamd.answer(() => 'stream: OK ERROR')
    const id = await upload('who knows')
    await expect(scanAgain()).rejects.toThrow(/scanner answers/)
    expect(code(await download(id))).toBe('file.not_ready')
    clamd.answer(answerTo)
    await scanAgain()
    expect(await stateOf(id)).toBe('stored')
  })

  test('a file whose bytes are lost keeps no other waiting', async () => {
    await clamd.stop()
    const [lost, other] = [await upload('lost'), await upload('other')]
    const [row] = await world.rows('SELECT storage_key FROM files WHERE id = $1', [lost])
    await world.clew.house.storage.remove(String(row?.['storage_key']))
    await clamd.start()
    await expect(scanAgain()).rejects.toThrow()
    expect([await stateOf(lost), await stateOf(other)]).toEqual(['checking', 'stored'])
    await world.rows(`UPDATE files SET state = 'gone' WHERE id = $1`, [lost])
  })

  test('no statement but the scanning itself makes a file readable', async () => {
    await clamd.stop()
    const id = await upload('waiting')
    const change = (tx: TxCtx, more: object) =>
      sqlOf(tx)
        .updateTable('files')
        .set({ state: 'stored', ...more })
        .where('id', '=', id)
        .execute()
    await ann.ctx.transaction((tx) => change(tx, {}))
    expect(await stateOf(id)).toBe('checking')
    // The system may, for what was scanned; what lies elsewhere was not.
    await world.clew.newCtx('test').transaction((tx) => change(tx, { storage_key: 'aa/other' }))
    expect(await stateOf(id)).toBe('checking')
    await clamd.start()
    await world.rows(`UPDATE files SET state = 'gone' WHERE id = $1`, [id])
  })
})

test('a command beside the server, in whose settings there is no scanner, lets nothing through', async () => {
  await clamd.stop()
  const id = await upload('waiting')
  const beside = await createClew({
    config: { ...world.config, clamd: undefined },
    clock: world.clock,
    log: createLog('silent'),
    prepare: async () => world.prepared,
  })
  await beside.stop()
  expect(await stateOf(id)).toBe('checking')
  await clamd.start()
  await scanAgain()
  expect(await stateOf(id)).toBe('stored')
})

test('files that came before the scanner are looked at when it comes; without it nobody waits any more', async () => {
  const ctx = world.clew.newCtx('test')
  await setScanning(ctx, false)
  const [old, bad] = [await upload('old'), await upload(`old and bad ${eicar}`)]
  expect((await download(bad)).statusCode).toBe(200)
  await clamd.stop()
  await setScanning(ctx, true)
  expect([await stateOf(old), await stateOf(bad)]).toEqual(['checking', 'checking'])
  await clamd.start()
  await scanAgain()
  expect([await stateOf(old), await stateOf(bad)]).toEqual(['stored', 'refused'])

  await clamd.stop()
  const waiting = await upload('waiting')
  await setScanning(ctx, false)
  expect([await stateOf(waiting), await stateOf(bad)]).toEqual(['stored', 'refused'])
  await clamd.start()
})
