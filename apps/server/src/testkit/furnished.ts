import { randomUUID } from 'node:crypto'
import { type Permission, permissions } from '@clew/contract/permissions'
import type { ConversationId, OrganisationId } from '@clew/contract/primitives'
import { sendAgentMessage } from '../domains/conversations/use-cases/send-agent-message.ts'
import { connect } from '../domains/provisioning/testing/client.ts'
import { newApiKey } from '../domains/sign-in/api-key-token.ts'
import { hashToken } from '../platform/ids.ts'
import { type Described, type DescribedApi, type Hint, requestFor } from './described-api.ts'
import { tablesWithOwners } from './plant-rows.ts'
import type { World } from './world.ts'

type Headers = Record<string, string>

export type Furnished = Awaited<ReturnType<typeof furnished>>

/**
 * An organisation with something of everything: whatever text there is of it has one word in it, which is said nowhere
 * else. It is made as a customer and their people make it, through the doors of the product.
 */
export async function furnished(world: World, api: DescribedApi, word: string) {
  const organisationId = await world.organisation()
  await world.rows('UPDATE organisations SET name = $2 WHERE id = $1', [organisationId, `${word} Ltd`])
  const of = { world, word, organisationId }
  const owner = await newOwner(of)
  const second = await newOwner(of)
  const contact = await contactOf(of)
  const scim = await provisionedBy(of)
  await usageOf(of, owner.email)
  await consoleOf(of, owner.headers)
  await everyDoor(api, of, owner.headers)
  await sayMore(of, contact.conversationId)
  await world.settle()
  const key = await keyOf(of, owner.id)
  return { ...of, owner, second, contact, scim, key, tokens: [scim.token, key.token, contact.token] }
}

type Of = { world: World; word: string; organisationId: OrganisationId }

/** Somebody who may do everything, with a session that was just opened. */
export async function newOwner({ world, word, organisationId }: Of) {
  const owner = await world.member(organisationId, 'owner', `${word} Owner`)
  const email = `${word}.${owner.id}@${word}.example`.toLowerCase()
  await world.rows('UPDATE members SET email = $2 WHERE id = $1', [owner.id, email])
  return { ...owner, email }
}

/** A key of somebody for all that a key can be for. */
export async function keyOf({ world, word, organisationId }: Of, memberId: string) {
  const [token, now] = [newApiKey(), world.clock.now()]
  const scopes: readonly Permission[] = permissions
  await world.rows(
    `INSERT INTO api_keys (id, organisation_id, member_id, kind, name, token_hash, hint, scopes, created_by, created_at, expires_at)
     VALUES ($1, $2, $3, 'member', $4, $5, 'abcd', $6, $3, $7, $8)`,
    [
      randomUUID(),
      organisationId,
      memberId,
      word,
      hashToken(token),
      scopes,
      now,
      new Date(now.getTime() + 30 * 86_400_000),
    ],
  )
  return { token, headers: { authorization: `Bearer ${token}` } }
}

/** A person of the organisation who has asked something, with a file. */
async function contactOf({ world, word, organisationId }: Of) {
  const contact = await world.contact()
  const email = `${word}.contact@${word}.example`.toLowerCase()
  await world.rows(
    'UPDATE contacts SET organisation_id = $2, name = $3, email = $4, verified_email = $4, subject = $3 WHERE id = $1',
    [contact.id, organisationId, word, email],
  )
  const fileId = randomUUID()
  await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: {
      ...contact.headers,
      'content-type': 'application/octet-stream',
      'x-clew-file-id': fileId,
      'x-clew-file-name': `${word}.txt`,
    },
    payload: Buffer.from(`${word} in a file`),
  })
  const started = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: contact.headers,
    payload: {
      clientConversationId: randomUUID(),
      clientMessageId: randomUUID(),
      body: `${word}: uploads of large files fail with 413`,
      fileIds: [fileId],
      locale: 'en',
    },
  })
  const { conversation } = started.json<{ conversation: { id: ConversationId; number: number } }>()
  await world.rows('UPDATE conversations SET organisation_id = $2 WHERE id = $1', [conversation.id, organisationId])
  await world.settle()
  return { ...contact, fileId, conversationId: conversation.id, number: conversation.number }
}

/** What the team says to them, and among themselves. */
async function sayMore({ world, word }: Of, conversationId: ConversationId): Promise<void> {
  const agent = await world.agent()
  for (const kind of ['message', 'note'] as const)
    await sendAgentMessage(agent.ctx, conversationId, {
      clientMessageId: randomUUID(),
      kind,
      body: `${word} ${kind} of the team`,
      fileIds: [],
    })
}

/** Their directory, with people and a group. */
async function provisionedBy({ world, word, organisationId }: Of) {
  const scim = await connect(world, { organisationId, name: `${word} directory` })
  const ids: string[] = []
  for (const name of ['one', 'two', 'three']) {
    const email = `${word}.${name}@${word}.example`.toLowerCase()
    const { id } = await scim.user(email, {
      displayName: `${word} ${name}`,
      name: { givenName: word, familyName: name },
      emails: [{ value: email, type: 'work', primary: true }],
      externalId: `${word}-${name}`,
      title: word,
    })
    ids.push(String(id))
  }
  const group = await scim.group(`${word} group`, ids)
  return { ...scim, ids: [...ids, String(group.id)] }
}

/** What takes more than a text to be made. */
async function consoleOf({ world, word, organisationId }: Of, headers: Headers): Promise<void> {
  const domain = `${word}.com`.toLowerCase()
  const made: readonly [path: string, body: object][] = [
    ['groups', { name: `${word} circle` }],
    ['roles', { name: `${word} role`, permissions: ['members.read'] }],
    ['seat-types', { name: `${word} seat`, limit: 40 }],
    ['invitations', { source: 'paste', text: `${word} Guest <${word}.guest@${domain}>` }],
    ['domains', { name: domain }],
    ['audit/streams', { name: `${word} stream`, target: { kind: 'https', url: `https://${domain}/in` } }],
    ['usage/thresholds', { meter: 'assistant.tokens', period: 'month', quantity: 1000 }],
    ['holds', { name: `${word} hold`, reason: word, addresses: [`${word}.held@${domain}`] }],
    ['sso/connections', { kind: 'oidc', provider: 'okta', name: `${word} sign-on` }],
    ['api-keys', { name: `${word} key`, kind: 'member', scopes: ['members.read'], days: 30 }],
    ['exports', { id: randomUUID(), content: { of: 'organisation', parts: ['members'] }, reason: word }],
  ]
  for (const [path, payload] of made) {
    const answer = await world.app.inject({ method: 'POST', url: `/api/v1/console/${path}`, headers, payload })
    if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.body}`)
  }
  await world.rows(
    `INSERT INTO join_requests (id, organisation_id, email, name, message, locale, state, created_at)
     VALUES ($1, $2, $3, $4, $4, 'en', 'waiting', $5)`,
    [randomUUID(), organisationId, `${word}.asks@${domain}`.toLowerCase(), word, world.clock.now()],
  )
}

/** Whatever can be made at the console by words alone is made once. */
async function everyDoor(api: DescribedApi, { world, word }: Of, headers: Headers): Promise<void> {
  const makes = api.routes.filter(
    ({ name, method }) =>
      (method === 'POST' || method === 'PUT') &&
      /\/console\//.test(name) &&
      !/policies|requirement|leave|own-sign-in/.test(name),
  )
  const hint = said(word)
  for (const route of makes) {
    const request = requestFor(api, route, hint)
    await world.app.inject({ ...request, headers: { ...request.headers, ...headers } })
  }
}

/** What the operator's product says that they used. */
async function usageOf({ world, word, organisationId }: Of, member: string): Promise<void> {
  const team = await world.supportTeam()
  const { headers } = await keyOf({ world, word: 'operator', organisationId: team }, (await world.member(team)).id)
  const [row] = await world.rows('SELECT slug FROM organisations WHERE id = $1', [organisationId])
  const at = world.clock.now().toISOString()
  const of = {
    organisation: String(row?.['slug']),
    meter: 'assistant.tokens',
    quantity: 7,
    at,
    model: word,
    feature: word,
  }
  const reports = [
    { ...of, id: randomUUID(), member },
    { ...of, id: randomUUID(), subject: word },
  ]
  await world.app.inject({ method: 'POST', url: '/api/v1/usage', headers, payload: { reports } })
}

/** The word, for every text that takes one. */
export const said =
  (word: string): Hint =>
  (field, schema) => {
    if (schema.type !== 'string' || schema.enum || schema.const !== undefined) return undefined
    if (schema.format === 'email' || /email/i.test(field)) return `${word}.${field}@${word}.example`.toLowerCase()
    return schema.format === undefined && fits(schema, word) ? word : undefined
  }

const fits = ({ pattern }: Described, word: string): boolean =>
  pattern === undefined || new RegExp(pattern, 'u').test(word)

/** Every id that a row of theirs has. */
export async function idsOf(world: World, of: { organisationId: string; contactId: string }): Promise<string[]> {
  const found = new Set([of.organisationId, of.contactId])
  for (const { name, columns } of await tablesWithOwners(world)) {
    const ids = columns.filter(({ type }) => type === 'uuid').map((each) => `"${each.name}"::text`)
    const owner = columns.some((each) => each.name === 'organisation_id') ? 'organisation_id' : 'contact_id'
    const rows = await world.rows(`SELECT ARRAY[${ids.join(', ')}] AS ids FROM ${name} WHERE ${owner} = ANY ($1)`, [
      [of.organisationId, of.contactId],
    ])
    for (const id of rows.flatMap((row) => row['ids'] as (string | null)[])) if (id) found.add(id)
  }
  // What stands for nothing is nobody's.
  found.delete('00000000-0000-0000-0000-000000000000')
  return [...found]
}
