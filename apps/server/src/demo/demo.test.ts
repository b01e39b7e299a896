import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Clew } from '../clew.ts'
import { mailReply } from '../domains/notifications/use-cases/mail-reply.ts'
import { createOwner } from '../domains/sign-in/index.ts'
import { createPeer, createWorld, type World } from '../testkit/world.ts'
import { gatherTeam } from './agents.ts'
import { lastWords, runDemo } from './index.ts'

const owner = { name: 'Owner', email: 'owner@team.example', password: 'a long enough password' }
const dayMs = 86_400_000

describe('the demo inbox', () => {
  let world: World
  let beside: Clew
  const printed: string[] = []
  const print = (line: string): void => {
    printed.push(line)
  }
  beforeAll(async () => {
    // As `clew demo` does it: beside a server, which hears of all of it and has a model.
    world = await createWorld({ config: { model: { url: 'http://127.0.0.1:9/v1', name: 'made-up', key: undefined } } })
    await createOwner(world.clew.newCtx('setup'), owner, { teamName: 'Northlight' })
    beside = await createPeer(world, { asksModel: false })
    await runDemo(beside, print)
    await world.settle()
  })
  afterAll(async () => {
    await beside.stop()
    await world.close()
  })

  test('says how far it is, and when it is done', () => {
    expect(printed.filter((line) => line.endsWith('of 40 conversations'))).toHaveLength(8)
    expect(printed.at(-1)).toBe('40 conversations were added. Sign in at /app to look around.')
  })

  test('holds both languages in every state', async () => {
    const states = await world.rows(
      `SELECT locale, status, handling, count(*)::int AS n, count(assignee_id)::int AS assigned
         FROM conversations GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    )
    expect(states).toEqual([
      { locale: 'el', status: 'open', handling: 'agent', n: 6, assigned: 6 },
      { locale: 'el', status: 'open', handling: 'assistant', n: 3, assigned: 0 },
      { locale: 'el', status: 'open', handling: 'waiting', n: 4, assigned: 0 },
      { locale: 'el', status: 'resolved', handling: 'agent', n: 2, assigned: 2 },
      { locale: 'el', status: 'resolved', handling: 'assistant', n: 1, assigned: 0 },
      { locale: 'en', status: 'open', handling: 'agent', n: 8, assigned: 8 },
      { locale: 'en', status: 'open', handling: 'assistant', n: 5, assigned: 0 },
      { locale: 'en', status: 'open', handling: 'waiting', n: 5, assigned: 0 },
      { locale: 'en', status: 'resolved', handling: 'agent', n: 3, assigned: 3 },
      { locale: 'en', status: 'resolved', handling: 'assistant', n: 3, assigned: 0 },
    ])
  })

  test('lies in the past five days, each message later than the one before', async () => {
    const now = world.clock.now().getTime()
    const messages = await world.rows('SELECT conversation_id, created_at FROM messages ORDER BY conversation_id, seq')
    let before: { conversation: unknown; at: number } = { conversation: '', at: 0 }
    for (const { conversation_id, created_at } of messages) {
      const at = (created_at as Date).getTime()
      expect(at).toBeLessThanOrEqual(now)
      expect(at).toBeGreaterThan(now - 5 * dayMs)
      if (before.conversation === conversation_id) expect(at).toBeGreaterThanOrEqual(before.at)
      before = { conversation: conversation_id, at }
    }
  })

  test('numbers the conversations in the order in which they began', async () => {
    const rows = await world.rows('SELECT created_at FROM conversations ORDER BY number')
    const times = rows.map(({ created_at }) => (created_at as Date).getTime())
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('every capture was read, and shows what it was recorded for', async () => {
    const captures = await world.rows(`SELECT name, state, findings->0->>'rule' AS first FROM captures ORDER BY name`)
    expect(captures.map(({ name, state, first }) => [name, state, first].join(' '))).toEqual([
      'blank-page.har analysed not-found',
      'rate-limited.har analysed rate-limit',
      'service-unavailable.har analysed unavailable',
      'session-expired.har analysed auth-401',
      'slow-reports.har analysed slow-ttfb',
      'sso-no-accounts.har analysed sso-error',
      'upload-cut.har analysed upload-cut',
      'upload-refused.har analysed too-large',
    ])
  })

  test('the dispatcher, which hears of it afterwards, finds all done', async () => {
    expect(await world.rows('SELECT * FROM parked_events')).toEqual([])
    const twice = await world.rows(
      `SELECT conversation_id, body FROM messages WHERE author_type = 'assistant'
        GROUP BY conversation_id, body, created_at HAVING count(*) > 1`,
    )
    expect(twice).toEqual([])
    const recent = await world.rows('SELECT 1 FROM messages WHERE created_at >= $1', [world.clock.now()])
    expect(recent).toEqual([])
  })

  test('no model is asked, neither here nor by the server', async () => {
    expect(await world.rows(`SELECT DISTINCT name FROM pgboss.job WHERE name LIKE 'assistant.compose%'`)).toEqual([])
    expect(await world.rows('SELECT 1 FROM dialogues WHERE composing IS NOT NULL')).toEqual([])
  })

  test('no reply is mailed, since there is nobody at these addresses', async () => {
    const replies = await world.rows(
      `SELECT conversation_id AS "conversationId", id AS "messageId" FROM messages
        WHERE author_type = 'agent' AND kind = 'message'`,
    )
    expect(replies.length).toBeGreaterThan(20)
    const settings = { brand: () => 'Northlight', baseUrl: () => 'https://help.example' }
    for (const about of replies)
      await mailReply(world.clew.newCtx('notifications.mail_reply'), about as Parameters<typeof mailReply>[1], settings)
    expect(await world.rows(`SELECT recipient FROM mails`)).toEqual([])
  })

  test('the cases know what was said: a kind for most, facts for all', async () => {
    const [counts] = await world.rows(
      `SELECT (SELECT count(*)::int FROM cases WHERE kind <> 'other') AS known,
              (SELECT count(DISTINCT conversation_id)::int FROM facts) AS told,
              (SELECT count(*)::int FROM conversations WHERE case_given > 2) AS well`,
    )
    expect(counts?.['known']).toBeGreaterThanOrEqual(30)
    expect(counts?.['told']).toBe(40)
    expect(counts?.['well']).toBeGreaterThanOrEqual(15)
  })

  test('a password typed into the chat is in no row', async () => {
    expect(await world.rows(`SELECT 1 FROM messages WHERE body LIKE '%tidal-Meadow-88%'`)).toEqual([])
    expect(await world.rows(`SELECT 1 FROM facts WHERE value::text LIKE '%tidal-Meadow-88%'`)).toEqual([])
  })

  test('its agents are members whom nobody can sign in as', async () => {
    const agents = await world.rows(`SELECT email FROM members WHERE role = 'agent' ORDER BY email`)
    expect(agents).toHaveLength(3)
    for (const { email } of agents) {
      const payload = { email, password: 'a long enough password' }
      const response = await world.app.inject({ method: 'POST', url: '/api/v1/session', payload })
      expect(response.statusCode).toBe(401)
    }
  })

  test('a second run adds nothing and says so', async () => {
    const before = await world.rows('SELECT count(*)::int AS n FROM messages')
    const lines: string[] = []
    await runDemo(beside, (line) => lines.push(line))
    expect(lines).toEqual([expect.stringMatching(/^The demo inbox is there already\./)])
    expect(await world.rows('SELECT count(*)::int AS n FROM messages')).toEqual(before)
  })
})

test('the demo leaves the door open for the first owner', async () => {
  const world = await createWorld()
  try {
    await gatherTeam(world.clew.newCtx('demo'), 'Northlight')
    expect(await world.rows('SELECT 1 FROM members')).toHaveLength(3)
    expect((await world.app.inject('/api/v1/setup')).json()).toEqual({ needed: true })
  } finally {
    await world.close()
  }
})

test('before there is an owner, the demo says how to get one and not to sign in', async () => {
  const world = await createWorld()
  try {
    const said = await lastWords(world.clew.newCtx('demo'), 0)
    expect(said).toBe(
      'The demo inbox is there already. Nobody can sign in yet. Create the first owner with the link that npm start prints, or with clew setup; then look around at /app.',
    )
  } finally {
    await world.close()
  }
})
