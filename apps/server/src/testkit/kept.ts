import { randomUUID } from 'node:crypto'
import type { OrganisationId } from '@clew/contract/primitives'
import type { RetentionCertificate, RetentionRunList } from '@clew/contract/retention'
import { expect } from 'vitest'
import type { World } from './world.ts'

export const dayMs = 86_400_000

/** What tests of retention and of holds do again and again. */
export function keptIn(world: World) {
  const people = peopleIn(world)
  return { ...people, ...rowsIn(world), ...runsIn(world, people.signedIn) }
}

export type Company = Awaited<ReturnType<ReturnType<typeof keptIn>['company']>>

/** People of organisations, and people who ask. */
function peopleIn(world: World) {
  let made = 0
  async function company(organisationId?: OrganisationId) {
    made += 1
    const id = organisationId ?? (await world.organisation(`keeps-${made}`))
    return { id, ...(await signedIn(id)) }
  }

  /** A session proves somebody for five minutes only, so whoever acts later signs in again. */
  async function signedIn(id: OrganisationId) {
    const owner = await world.member(id, 'owner')
    const api = async <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) => {
      const answer = await world.app.inject({
        method,
        url: `/api/v1/console${path}`,
        headers: owner.headers,
        ...(payload === undefined ? {} : { payload }),
      })
      return { status: answer.statusCode, body: (answer.body === '' ? {} : answer.json()) as T }
    }
    return { owner, api }
  }

  return {
    company,
    signedIn,
    wrote: (of: { id: OrganisationId | undefined }, email: string, body?: string) => wrote(world, of, { email, body }),
  }
}

/** Somebody of an organisation who writes, with a file. */
async function wrote(
  world: World,
  { id }: { id: OrganisationId | undefined },
  { email, body = 'the printer is on fire' }: { email: string; body?: string | undefined },
) {
  const contact = await world.contact()
  const fileId = await upload(world, contact.headers)
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: contact.headers,
    payload: {
      clientConversationId: randomUUID(),
      clientMessageId: randomUUID(),
      body,
      fileIds: [fileId],
      locale: 'en',
    },
  })
  const { conversation } = answer.json<{ conversation: { id: string; number: number } }>()
  await world.rows('UPDATE contacts SET email = $2, verified_email = $2, organisation_id = $3 WHERE id = $1', [
    contact.id,
    email,
    id ?? null,
  ])
  await world.rows('UPDATE conversations SET organisation_id = $2 WHERE id = $1', [conversation.id, id ?? null])
  await world.settle()
  return { contact, fileId, id: conversation.id, number: conversation.number, email }
}

async function upload(world: World, headers: Record<string, string>): Promise<string> {
  const fileId = randomUUID()
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: {
      ...headers,
      'content-type': 'application/octet-stream',
      'x-clew-file-id': fileId,
      'x-clew-file-name': 'passport.txt',
    },
    payload: Buffer.from('a secret in a file'),
  })
  expect(answer.statusCode).toBeLessThan(300)
  return fileId
}

/** What is old, and what is there. */
function rowsIn(world: World) {
  /** As if all of it had been said and sent so long ago. */
  async function age(conversationId: string, days: number): Promise<void> {
    const then = new Date(world.clock.now().getTime() - days * dayMs)
    await world.rows('UPDATE conversations SET last_message_at = $2, created_at = $2 WHERE id = $1', [
      conversationId,
      then,
    ])
    await world.rows('UPDATE messages SET created_at = $2 WHERE conversation_id = $1', [conversationId, then])
    await world.rows('UPDATE captures SET created_at = $2 WHERE conversation_id = $1', [conversationId, then])
    const [row] = await world.rows('SELECT contact_id FROM conversations WHERE id = $1', [conversationId])
    await world.rows('UPDATE contacts SET created_at = $2 WHERE id = $1', [row?.['contact_id'], then])
    await world.rows('UPDATE contact_sessions SET seen_at = $2 WHERE contact_id = $1', [row?.['contact_id'], then])
  }

  /** A policy that is in force, past its days of grace. */
  async function keep(organisationId: OrganisationId, kind: string, days: number): Promise<void> {
    await world.rows(
      `INSERT INTO retention_policies SELECT $1, $2, coalesce(max(version), 0) + 1, $3, NULL, $4, $4, NULL, NULL
       FROM retention_policies WHERE organisation_id = $1 AND class = $2`,
      [organisationId, kind, days, new Date(world.clock.now().getTime() - dayMs)],
    )
  }

  const isThere = async (conversationId: string): Promise<boolean> =>
    (await world.rows('SELECT 1 FROM conversations WHERE id = $1', [conversationId])).length > 0

  const stored = async (): Promise<string[]> => {
    const keys: string[] = []
    for await (const { key } of world.clew.house.storage.list()) keys.push(key)
    return keys
  }

  async function keyOf(fileId: string): Promise<string> {
    const [row] = await world.rows('SELECT storage_key FROM files WHERE id = $1', [fileId])
    return String(row?.['storage_key'])
  }

  /** Every column of every table that is called like this, except of what only says that something was deleted. */
  async function leftOf(column: string, value: string): Promise<string[]> {
    const tables = await world.rows(
      `SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = $1`,
      [column],
    )
    const left = []
    for (const { table_name: table } of tables)
      if ((await world.rows(`SELECT 1 FROM ${String(table)} WHERE ${column} = $1`, [value])).length > 0)
        left.push(String(table))
    return left
  }

  return { age, keep, isThere, stored, keyOf, leftOf }
}

function runsIn(world: World, signedIn: ReturnType<typeof peopleIn>['signedIn']) {
  const system = () => world.as({ type: 'system', job: 'test' })

  async function runJob(name: string, input: object = {}): Promise<void> {
    await world.clew.house.jobs.find((each) => each.name === name)?.run(system(), input as never)
  }

  async function run(a: { id: OrganisationId }) {
    const fresh = await signedIn(a.id)
    const begun = await fresh.api<{ id: string }>('POST', '/retention/runs')
    expect(begun.status).toBe(201)
    await expect
      .poll(
        async () =>
          (await world.rows(`SELECT 1 FROM retention_runs WHERE id = $1 AND state = 'done'`, [begun.body.id])).length,
        { timeout: 20_000 },
      )
      .toBe(1)
    const { runs } = (await fresh.api<RetentionRunList>('GET', '/retention/runs')).body
    const found = runs.find(({ id }) => id === begun.body.id)
    if (!found) throw new Error('the run is not listed')
    const certificate = await fresh.api<RetentionCertificate>('GET', `/retention/certificates/${found.certificateId}`)
    return {
      ...found,
      certificate: certificate.body,
      of: (kind: string) => found.classes.find((each) => each.class === kind),
    }
  }

  return { system, runJob, run }
}
