import { setTimeout as pause } from 'node:timers/promises'
import { type RunningClew, withClew } from './harness/clew.ts'
import { openStream, type Stream } from './harness/event-stream.ts'
import { cpuOf } from './harness/processes.ts'
import { clientId, idOf, seed } from './harness/seed.ts'
import { expectStatus, type SocketClient, withClients } from './harness/socket-client.ts'
import { percentile } from './harness/stats.ts'
import { printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'
import { asAgent, asContact } from './operations.kinds.ts'

const agents = 50
const streams = { team: 150, contact: 50 }
const senders = 50
const everyMs = 1000
/** Team streams whose frames are looked at; the others are read and counted. */
const watched = 10

type Load = { answers: number[]; shown: number[]; frames: number; seconds: number; cpuMs: number; lost: number }

/**
 * From the moment a contact's message is sent until an agent's open stream has it, with 150 agents and 50 contacts
 * connected and 50 contacts writing. Each writes once a second, then as fast as it is answered. The baseline is the
 * least that a database must do for this: insert, notify, hear.
 */
export async function sendToShown({ seconds }: BenchOptions): Promise<void> {
  await withClew(async (clew) => {
    const database = await clew.connect()
    await seed(database, { agents, conversations: 20 * senders * 20 })
    await database.end()
    const shown = new Map<string, number>()
    const open = await openStreams(clew, shown)
    const run = { number: 0, shown, open, clew }
    await send({ ...run, seconds: 1, waitMs: everyMs }, 0)
    const paced = await send({ ...run, seconds, waitMs: everyMs }, 1)
    const flood = await send({ ...run, seconds, waitMs: 0 }, 2)
    for (const stream of open) stream.close()
    print(paced, flood, await insertNotifyListen(clew, seconds))
  })
}

function print(paced: Load, flood: Load, bare: number[]): void {
  const baseline = percentile(bare, 0.5)
  const row = (name: string, { answers, shown, frames, seconds, cpuMs, lost }: Load) => [
    name,
    shown.length / watched / seconds,
    percentile(answers, 0.5),
    percentile(answers, 0.99),
    percentile(shown, 0.5),
    percentile(shown, 0.99),
    ratio(percentile(shown, 0.5), baseline),
    frames / seconds,
    cpuMs / (answers.length || 1),
    String(lost),
  ]
  printTable(
    `send-to-shown: ms from sending, ${streams.team} agents and ${streams.contact} contacts connected, ${senders} senders`,
    [
      '',
      'a second',
      'answered p50',
      'p99',
      'shown p50',
      'p99',
      'to baseline',
      'frames a second',
      'cpu ms each',
      'not shown',
    ],
    [
      row('each sender once a second', paced),
      row('each sender as fast as answered', flood),
      ['baseline: insert, notify, hear', '', '', '', baseline, percentile(bare, 0.99)],
    ],
  )
}

async function openStreams(clew: RunningClew, shown: Map<string, number>): Promise<Stream[]> {
  const note = (id: string): void => {
    if (shown.has(id)) return
    shown.set(id, performance.now())
  }
  const team = Array.from({ length: streams.team }, (_, i) =>
    openStream({
      port: clew.port,
      path: '/api/v1/stream',
      headers: asAgent(i % agents),
      ...(i < watched ? { onMessage: (id: string) => note(`${i} ${id}`) } : {}),
    }),
  )
  const contacts = Array.from({ length: streams.contact }, (_, i) =>
    openStream({ port: clew.port, path: '/api/v1/widget/stream', headers: asContact(conversationOf(i, 0)) }),
  )
  return Promise.all([...team, ...contacts])
}

/** Conversations that have an agent, so that the assistant is silent; each sender has many, within the rate limits. */
const conversationOf = (sender: number, turn: number): number => ((turn % 20) * senders + sender) * 20 + 19

type Sending = { clew: RunningClew; open: Stream[]; shown: Map<string, number>; seconds: number; waitMs: number }

async function send({ clew, open, shown, seconds, waitMs }: Sending, run: number): Promise<Load> {
  shown.clear()
  const framesBefore = frameCount(open)
  const before = cpuOf(clew.pid)
  const sent = new Map<string, number>()
  const until = performance.now() + seconds * 1000
  const answers = await withClients(clew.port, senders, async (client, sender) => {
    const mine: number[] = []
    // Not all at the same moment.
    await pause((waitMs / senders) * sender)
    for (let turn = 0; performance.now() < until; turn += 1) {
      const id = clientId(100 + run, sender * 100_000 + turn)
      const startedAt = performance.now()
      sent.set(id, startedAt)
      mine.push(await sendOne(client, { conversation: conversationOf(sender, turn), id }))
      await pause(Math.max(0, waitMs - (performance.now() - startedAt)))
    }
    return mine
  })
  await untilTrue(() => shown.size >= sent.size * watched, 5000)
  const after = cpuOf(clew.pid)
  const latencies = [...shown].flatMap(([key, at]) => {
    const startedAt = sent.get(key.slice(key.indexOf(' ') + 1))
    return startedAt === undefined ? [] : [at - startedAt]
  })
  return {
    answers: answers.flat(),
    shown: latencies,
    frames: frameCount(open) - framesBefore,
    seconds,
    cpuMs: after.server + after.database - before.server - before.database,
    lost: sent.size * watched - latencies.length,
  }
}

const frameCount = (open: readonly Stream[]): number => open.reduce((sum, stream) => sum + stream.frames(), 0)

async function sendOne(client: SocketClient, message: { conversation: number; id: string }): Promise<number> {
  const answer = await client.send({
    method: 'POST',
    path: `/api/v1/widget/conversations/${idOf('conversation', message.conversation)}/messages`,
    headers: asContact(message.conversation),
    body: {
      clientMessageId: message.id,
      body: 'It stops at the same place again. Is there anything else that I can try?',
    },
  })
  return expectStatus(answer, 201).ms
}

async function untilTrue(isSo: () => boolean, patienceMs: number): Promise<void> {
  for (let waited = 0; !isSo() && waited < patienceMs; waited += 20) await pause(20)
}

async function insertNotifyListen(clew: RunningClew, seconds: number): Promise<number[]> {
  const writer = await clew.connect()
  const listener = await clew.connect()
  await writer.query(
    'CREATE TABLE bench_messages (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)',
  )
  await listener.query('LISTEN bench')
  const heard: number[] = []
  const until = performance.now() + (seconds * 1000) / 2
  while (performance.now() < until) {
    const startedAt = performance.now()
    const arrived = new Promise<void>((resolve) => listener.once('notification', () => resolve()))
    await writer.query(`INSERT INTO bench_messages (body) VALUES ('It stops at the same place again.'); NOTIFY bench`)
    await arrived
    heard.push(performance.now() - startedAt)
    await pause(10)
  }
  await Promise.all([writer.end(), listener.end()])
  return heard
}
