import { createHmac } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { join } from 'node:path'
import type { StreamTarget } from '@clew/contract/audit-streams'
import { type Permission, permissions } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MemberActor } from '../../platform/actor.ts'
import { startS3 } from '../../testkit/s3.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { recordAuditNow } from './index.ts'
import { deliverStream } from './use-cases/deliver-stream.ts'
import { changeStream, createStream, readStreams, removeStream, testStream } from './use-cases/manage-streams.ts'
import { purgeAuditBefore } from './use-cases/purge-before.ts'
import { listEvents } from './use-cases/read-log.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ config: { streamHosts: ['127.0.0.1'] } })
})
afterAll(() => world.close())

type Taken = { headers: IncomingMessage['headers']; body: string; method: string; url: string }
type Script = (taken: Taken, response: ServerResponse) => void

/** A receiver on this machine that answers as a test tells it to. */
async function startReceiver() {
  const taken: Taken[] = []
  const state: { script: Script } = { script: (_, response) => void response.end('{"text":"Success","code":0}') }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      const one = { headers: request.headers, body, method: request.method ?? '', url: request.url ?? '' }
      taken.push(one)
      state.script(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/audit`,
    taken,
    play: (script: Script) => {
      state.script = script
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

let receiver: Awaited<ReturnType<typeof startReceiver>>
let petros: MemberActor
let made = 0
beforeEach(async () => {
  receiver = await startReceiver()
  petros = memberOf(permissions)
})
afterEach(() => receiver.close())

const newId = <T extends string>(): T => {
  made += 1
  return `0190d000-0000-7000-8000-${String(made).padStart(12, '0')}` as T
}
const memberOf = (may: readonly Permission[], organisationId = newId<OrganisationId>()): MemberActor => ({
  type: 'member',
  id: newId<MemberId>(),
  name: 'Petros Dimou',
  role: 'owner',
  organisationId,
  isSupport: false,
  permissions: new Set(may),
})
const parts = () => world.clew.house.audit
const ctx = () => world.as(petros)
const deliver = (id: string) => deliverStream(world.clew.newCtx('test'), id, parts())
const record = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1)
    await recordAuditNow(ctx(), {
      action: 'user.invited',
      targets: [{ type: 'invitation', id: `i${i}`, name: 'Ζωή "Zoe"]' }],
    })
}
const stateOf = async (id: string) => {
  const found = (await readStreams(ctx())).streams.find((stream) => stream.id === id)
  if (!found) throw new Error('the stream is gone')
  return found
}
const start = async (target: StreamTarget, secret?: string) => {
  const saved = await createStream(
    ctx(),
    { name: 'SIEM', target, fromStart: true, ...(secret ? { secret } : {}) },
    parts(),
  )
  return { id: saved.stream.id, secret: saved.secret ?? '' }
}
const eventsIn = ({ body }: Taken): { id: string; seq: number; action: string }[] => JSON.parse(body).events

describe('https', () => {
  test('what is recorded arrives by itself, in order, signed, and nothing twice', async () => {
    const { id, secret } = await start({ kind: 'https', url: receiver.url })
    await record(3)
    await world.settle()
    await expect.poll(async () => (await stateOf(id)).behind, { timeout: 10_000 }).toBe(0)
    const sent = receiver.taken.flatMap(eventsIn)
    expect(sent.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(sent.map(({ action }) => action)).toEqual([
      'audit.stream_created',
      'user.invited',
      'user.invited',
      'user.invited',
    ])
    for (const { headers, body } of receiver.taken) {
      const expected = createHmac('sha256', secret)
        .update(`${String(headers['clew-timestamp'])}.${body}`)
        .digest('hex')
      expect(headers['clew-signature']).toBe(`v1=${expected}`)
    }
    expect(await stateOf(id)).toMatchObject({ state: 'active', lagSeconds: 0, hasSecret: true })
  })

  test('a batch that failed comes again with the same ids, later each time, and not before the receiver says', async () => {
    receiver.play((_, response) => void response.writeHead(503, { 'retry-after': '120' }).end())
    const { id } = await start({ kind: 'https', url: receiver.url })
    await record(2)
    await expect.poll(async () => (await stateOf(id)).failure?.why, { timeout: 10_000 }).toBe('busy')
    const before = receiver.taken.length
    await deliver(id)
    expect(receiver.taken.length).toBe(before)
    const { failure } = await stateOf(id)
    expect(Date.parse(failure?.nextTryAt ?? '') - world.clock.now().getTime()).toBe(120_000)
    receiver.play((_, response) => void response.end())
    world.clock.advance(120_000)
    await deliver(id)
    expect((await stateOf(id)).failure).toBeUndefined()
    const ids = receiver.taken.map((taken) => eventsIn(taken).map((event) => event.id))
    expect(new Set(ids.flat()).size).toBe(4)
    expect(ids.at(-1)?.slice(0, 1)).toEqual(ids[0]?.slice(0, 1))
    const { events } = await listEvents(ctx(), { actions: 'audit.stream_failed', limit: 5 })
    expect(events).toMatchObject([{ reason: 'busy', metadata: { status: 503 } }])
  })

  test.each([401, 403])('refused with %i it pauses until somebody lets it go on', async (status) => {
    receiver.play((_, response) => void response.writeHead(status).end())
    const { id } = await start({ kind: 'https', url: receiver.url })
    await expect.poll(async () => (await stateOf(id)).state, { timeout: 10_000 }).toBe('paused')
    receiver.play((_, response) => void response.end())
    const asked = receiver.taken.length
    world.clock.advance(86_400_000)
    await deliver(id)
    expect(receiver.taken.length).toBe(asked)
    const now = await stateOf(id)
    expect(now.lagSeconds).toBeGreaterThan(86_000)
    await changeStream(
      ctx(),
      { streamId: id, version: now.version, name: 'SIEM', target: now.target, newSecret: false, state: 'active' },
      parts(),
    )
    await deliver(id)
    await expect.poll(async () => (await stateOf(id)).behind, { timeout: 10_000 }).toBe(0)
    expect((await listEvents(ctx(), { actions: 'audit.stream_resumed', limit: 5 })).events).toHaveLength(1)
  })

  test('more than a batch goes in several, and two that send at once send nothing twice', async () => {
    receiver.play((_, response) => void response.writeHead(500).end())
    const { id } = await start({ kind: 'https', url: receiver.url })
    await Promise.all(Array.from({ length: 25 }, () => record(10)))
    await expect.poll(async () => (await stateOf(id)).failure?.why, { timeout: 10_000 }).toBe('refused')
    receiver.taken.length = 0
    receiver.play((_, response) => void response.end())
    world.clock.advance(3_600_000)
    await Promise.all([deliver(id), deliver(id)])
    const seqs = receiver.taken.flatMap(eventsIn).map(({ seq }) => seq)
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => i + 1))
    expect(seqs.length).toBeGreaterThanOrEqual(251)
    expect(receiver.taken.length).toBe(3)
  })

  test('a test says how it went, and moves nothing', async () => {
    receiver.play((_, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end())
    const { id } = await start({ kind: 'https', url: receiver.url })
    expect(await testStream(ctx(), id, parts())).toMatchObject({ arrived: false, failure: 'redirect' })
    receiver.play((_, response) => void response.writeHead(202).end())
    expect(await testStream(ctx(), id, parts())).toMatchObject({ arrived: true, status: 202 })
    expect(JSON.parse(receiver.taken.at(-1)?.body ?? '').events).toMatchObject([{ seq: 0, metadata: { test: true } }])
  })
})

test('Splunk: one object behind the other, with the token', async () => {
  const { id } = await start({ kind: 'splunk', url: new URL(receiver.url).origin, index: 'security' }, 'the-token')
  await record(1)
  await expect.poll(async () => (await stateOf(id)).behind, { timeout: 10_000 }).toBe(0)
  const [first] = receiver.taken
  expect(first).toMatchObject({ url: '/services/collector/event', headers: { authorization: 'Splunk the-token' } })
  const sent = receiver.taken.flatMap(({ body }) => body.split('\n').map((line) => JSON.parse(line)))
  expect(sent[0]).toMatchObject({
    sourcetype: 'clew:audit',
    index: 'security',
    time: expect.any(Number),
    event: { seq: 1 },
  })
  expect(sent).toHaveLength(2)
})

test('S3: an object a batch, one event a line, signed so that the store takes it', async () => {
  const s3 = await startS3()
  // The store refuses what was signed at another time than its own.
  world.clock.advance(Date.now() - world.clock.now().getTime())
  try {
    const { port } = new URL(s3.url.replace('s3+http', 'http'))
    const target: StreamTarget = {
      kind: 's3',
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'clew',
      region: 'us-east-1',
      prefix: 'audit',
      accessKeyId: 'S3RVER',
    }
    const { id } = await start(target, 'S3RVER')
    await record(2)
    await expect.poll(async () => (await stateOf(id)).behind, { timeout: 10_000 }).toBe(0)
    const lines = filesIn(s3.directory).flatMap((file) =>
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    )
    expect(lines.map(({ seq }) => Number(seq)).sort((a, b) => a - b)).toEqual([1, 2, 3])
    const wrong = await start({ ...target, bucket: 'no-such-bucket' }, 'S3RVER')
    expect(await testStream(ctx(), wrong.id, parts())).toMatchObject({ failure: 'refused', status: 404 })
  } finally {
    await s3.close()
  }
})

/** What the test's store wrote for each object, without what it notes beside it. */
const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((name) => {
        const path = join(folder, name)
        if (statSync(path).isDirectory()) return filesIn(path)
        return name.endsWith('_object') && path.includes('audit') ? [path] : []
      })
    : []

describe('syslog', () => {
  async function startSyslog() {
    let text = ''
    const server = createTcp((socket) => {
      socket.setEncoding('utf8')
      socket.on('data', (piece) => {
        text += String(piece)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return {
      port: (server.address() as AddressInfo).port,
      text: () => text,
      close: () => new Promise<void>((resolve) => server.close(() => resolve())),
    }
  }

  test('RFC 5424 over TCP, each message behind its length in bytes', async () => {
    const syslog = await startSyslog()
    const { id } = await start({ kind: 'syslog', host: '127.0.0.1', port: syslog.port, tls: false })
    await record(2)
    await expect.poll(async () => (await stateOf(id)).behind, { timeout: 10_000 }).toBe(0)
    const messages: string[] = []
    for (let rest = Buffer.from(syslog.text()); rest.length > 0; ) {
      const [, length = ''] = /^(\d+) /.exec(rest.toString('utf8')) ?? []
      const from = length.length + 1
      messages.push(rest.subarray(from, from + Number(length)).toString('utf8'))
      rest = rest.subarray(from + Number(length))
    }
    expect(messages).toHaveLength(3)
    expect(messages[1]).toMatch(
      /^<110>1 2026-\S+Z clew audit - user\.invited \[clew@32473 id="[0-9a-f-]+" seq="2" organisation="[^"]+" outcome="success" hash="[0-9a-f]{64}"\] \uFEFF\{/,
    )
    expect(JSON.parse(messages[1]?.split('\uFEFF')[1] ?? '')).toMatchObject({
      seq: 2,
      targets: [{ name: 'Ζωή "Zoe"]' }],
    })
    await syslog.close()
  })

  test('nobody there, and something that does not speak TLS', async () => {
    const syslog = await startSyslog()
    const { id } = await start({
      kind: 'syslog',
      host: '127.0.0.1',
      port: Number(new URL(receiver.url).port),
      tls: true,
    })
    expect(await testStream(ctx(), id, parts())).toMatchObject({ arrived: false, failure: 'tls' })
    await syslog.close()
    const gone = await start({ kind: 'syslog', host: '127.0.0.1', port: syslog.port, tls: false })
    expect(await testStream(ctx(), gone.id, parts())).toMatchObject({ arrived: false, failure: 'unreachable' })
  })
})

describe('where it may lead, and who may say so', () => {
  test.each([
    { kind: 'https', url: 'http://logs.example/in' },
    { kind: 'https', url: 'https://10.0.0.7/in' },
    { kind: 'https', url: 'https://169.254.169.254/latest/meta-data' },
    { kind: 'https', url: 'https://user:pass@logs.example/in' },
    { kind: 'https', url: 'file:///etc/passwd' },
    { kind: 'splunk', url: 'https://metadata.google.internal/' },
    { kind: 's3', endpoint: 'https://[::ffff:127.0.0.2]', bucket: 'logs', region: 'x', prefix: '', accessKeyId: 'k' },
    { kind: 'syslog', host: 'logs.example', port: 514, tls: false },
    { kind: 'syslog', host: '192.168.1.4', port: 6514, tls: true },
    { kind: 'syslog', host: '0x0a.1', port: 6514, tls: true },
    { kind: 'syslog', host: 'a/b', port: 6514, tls: true },
  ] as const)('not to $kind $url$endpoint$host', async (target) => {
    await expect(start(target, 'x')).rejects.toMatchObject({ code: 'audit.address_refused' })
  })

  test('a name that leads inside is refused when it is used', async () => {
    const operator = {
      hosts: [],
      resolve: ((
        _name: string,
        _options: object,
        done: (error: null, found: { address: string; family: number }[]) => void,
      ) => done(null, [{ address: '10.1.2.3', family: 4 }])) as never,
    }
    const { stream } = await createStream(
      ctx(),
      { name: 'x', target: { kind: 'https', url: 'https://inside.example/' }, fromStart: true },
      { ...parts(), stream: operator },
    )
    expect(await testStream(ctx(), stream.id, { ...parts(), stream: operator })).toMatchObject({ failure: 'address' })
    const syslog = await createStream(
      ctx(),
      { name: 'y', target: { kind: 'syslog', host: 'inside.example', port: 6514, tls: true }, fromStart: true },
      { ...parts(), stream: operator },
    )
    expect(await testStream(ctx(), syslog.stream.id, { ...parts(), stream: operator })).toMatchObject({
      failure: 'address',
    })
  })

  test('only who manages the log, only in their organisation, never more than five, and the secret is never read again', async () => {
    const { id } = await start({ kind: 'splunk', url: receiver.url }, 'the-token')
    const reader = world.as(memberOf(['audit.read'], petros.organisationId))
    expect((await readStreams(reader)).canManage).toBe(false)
    expect(JSON.stringify(await readStreams(reader))).not.toContain('the-token')
    const stranger = world.as(memberOf(permissions))
    expect((await readStreams(stranger)).streams).toEqual([])
    for (const [who, code] of [
      [reader, 'permission.denied'],
      [stranger, 'audit.stream_not_found'],
    ] as const) {
      await expect(testStream(who, id, parts())).rejects.toMatchObject({ code })
      await expect(removeStream(who, id)).rejects.toMatchObject({ code })
    }
    for (let i = 0; i < 4; i += 1) await start({ kind: 'https', url: receiver.url })
    await expect(start({ kind: 'https', url: receiver.url })).rejects.toMatchObject({ code: 'audit.stream_limit' })
    await expect(start({ kind: 'splunk', url: receiver.url })).rejects.toThrow()
    const [row] = await world.rows('SELECT sealed_secret FROM audit_streams WHERE id = $1', [id])
    expect(String(row?.['sealed_secret'])).not.toContain('the-token')
    await removeStream(ctx(), id)
    expect((await readStreams(ctx())).streams.map((stream) => stream.id)).not.toContain(id)
  })

  test('a change that was made from an older version is refused; another kind needs its own secret', async () => {
    const { id } = await start({ kind: 'https', url: receiver.url })
    const change = {
      streamId: id,
      version: 1,
      name: 'New',
      target: { kind: 'splunk' as const, url: receiver.url },
      newSecret: false,
      state: 'active' as const,
    }
    await expect(changeStream(ctx(), { ...change, version: 7 }, parts())).rejects.toMatchObject({
      code: 'audit.stream_conflict',
    })
    await expect(changeStream(ctx(), change, parts())).rejects.toMatchObject({ code: 'audit.secret_needed' })
    const { stream, secret } = await changeStream(ctx(), { ...change, secret: 'token' }, parts())
    expect([stream.name, stream.version, secret]).toEqual(['New', 2, undefined])
  })
})

test('what a stream has not sent yet is kept for a week, whatever the retention says', async () => {
  receiver.play((_, response) => void response.writeHead(401).end())
  const { id } = await start({ kind: 'https', url: receiver.url })
  await record(2)
  await expect.poll(async () => (await stateOf(id)).state, { timeout: 10_000 }).toBe('paused')
  const purge = () =>
    world.clew
      .newCtx('test')
      .transaction((tx) => purgeAuditBefore(tx, petros.organisationId, { before: tx.clock.now(), parts: parts() }))
  world.clock.advance(6 * 86_400_000)
  expect(await purge()).toMatchObject({ purged: 0 })
  world.clock.advance(2 * 86_400_000)
  expect((await purge()).purged).toBeGreaterThan(2)
})
