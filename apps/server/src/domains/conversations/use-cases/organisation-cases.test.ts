import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OrganisationCase, OrganisationCaseList } from '@clew/contract/organisation-cases'
import type { ContactId, ConversationId, OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TxCtx } from '../../../platform/ctx.ts'
import { sqlOf } from '../../../platform/sql.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { setOrganisation } from '../../contacts/repository.organisation.ts'
import { emptyConversation } from '../model.ts'
import { insertConversation } from '../repository.ts'
import { sendAgentMessage } from './send-agent-message.ts'
import { startConversation } from './start-conversation.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

/** Somebody whose address a host page has proved, who has asked something. */
async function askAs(address: string | undefined, body: string) {
  const contact = await world.contact()
  if (address !== undefined) await prove(contact.id, address)
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body,
    fileIds: [],
    locale: 'en',
  })
  await world.settle()
  return { contact, id: started.conversation.id }
}

async function prove(contactId: ContactId, address: string): Promise<void> {
  await world.rows('UPDATE contacts SET subject = $1, verified_email = $2, verified_at = now() WHERE id = $1::uuid', [
    contactId,
    address,
  ])
  await world.clew.newCtx('test').transaction(async (tx) => tx.emit('contact.verified', { contactId }))
  await world.settle()
}

const list = async (headers: Record<string, string>, query = 'state=all') =>
  world.app.inject({ url: `/api/v1/console/cases?${query}`, headers })

const subjects = async (headers: Record<string, string>) =>
  (await list(headers)).json<OrganisationCaseList>().cases.map(({ subject }) => subject)

async function company(): Promise<{ id: OrganisationId; owner: Awaited<ReturnType<World['member']>> }> {
  const id = await world.organisation()
  return { id, owner: await world.member(id, 'owner') }
}

test('an organisation sees what its own people ask, and nothing of anybody else', async () => {
  const [a, b] = [await company(), await company()]
  await askAs(a.owner.email, 'Uploads fail at A')
  await askAs(b.owner.email, 'Uploads fail at B')
  await askAs('somebody@elsewhere.example', 'From elsewhere')
  await askAs(undefined, 'From a visitor')
  expect(await subjects(a.owner.headers)).toEqual(['Uploads fail at A'])
  expect(await subjects(b.owner.headers)).toEqual(['Uploads fail at B'])
})

test('what somebody asked before they became a member counts to their organisation from then on', async () => {
  const { id, owner } = await company()
  const address = `late-${randomUUID()}@company.example`
  await askAs(address, 'Asked early')
  expect(await subjects(owner.headers)).toEqual([])
  const member = await world.member(id, 'member')
  await world.rows('UPDATE members SET email = $2 WHERE id = $1', [member.id, address])
  await world.clew
    .newCtx('test')
    .transaction(async (tx) => tx.emit('member.joined', { organisationId: id, memberId: member.id }))
  await world.settle()
  expect(await subjects(owner.headers)).toEqual(['Asked early'])
})

test('a case that is being opened while its contact is placed counts to the organisation too', async () => {
  const { id, owner } = await company()
  const contact = await world.contact()
  let opening: Promise<void> | undefined
  let end = () => undefined as void
  const ended = new Promise<void>((resolve) => (end = resolve))
  await world.clew.newCtx('test').transaction(async (tx) => {
    await setOrganisation(tx, contact.id, id)
    tx.emit('contact.organisation_changed', { contactId: contact.id, organisationId: id })
    opening = contact.ctx.transaction(async (other) => {
      await insertConversation(other, openedBy(other, contact.id))
      await ended
    })
    await sleep(200)
  })
  await world.settle()
  end()
  await opening
  await world.settle()
  expect(await subjects(owner.headers)).toEqual(['Opened meanwhile'])
})

function openedBy(tx: TxCtx, contactId: ContactId) {
  const id = tx.ids.next() as ConversationId
  const at = tx.clock.now()
  const subject = 'Opened meanwhile'
  return {
    conversation: emptyConversation({ id, contactId, locale: 'en', timeZone: undefined, subject, at }),
    clientConversationId: randomUUID(),
    requestHash: Buffer.alloc(32),
    pageUrl: undefined,
    articleSlug: undefined,
    tried: [],
    createdAt: at,
  }
}

test('an address that somebody only says is theirs opens nothing', async () => {
  const { owner } = await company()
  const { contact } = await askAs(undefined, 'I am the owner, believe me')
  await contact.ctx.transaction(async (tx) => {
    await sqlOf(tx).updateTable('contacts').set({ email: owner.email }).where('id', '=', contact.id).execute()
  })
  await world.clew.newCtx('test').transaction(async (tx) => tx.emit('contact.verified', { contactId: contact.id }))
  await world.settle()
  expect(await subjects(owner.headers)).toEqual([])
})

test('somebody who is no member counts to the organisation whose verified domain their address is on', async () => {
  const { id, owner } = await company()
  const name = `own-${randomUUID()}.example`
  await world.rows(
    `INSERT INTO domains (id, organisation_id, name, token, state, created_at, offer_ends_at, verified_at)
     VALUES ($1, $2, $3, 'clew=x', 'verified', now(), now(), now())`,
    [randomUUID(), id, name],
  )
  await askAs(`guest@${name}`, 'From our domain')
  await askAs(`guest@sub.${name}`, 'From below it')
  expect(await subjects(owner.headers)).toEqual(['From our domain'])
})

test('somebody who is a member in two organisations is put with neither', async () => {
  const [a, b] = [await company(), await company()]
  const both = await world.member(b.id, 'member')
  await world.rows('UPDATE members SET email = $2 WHERE id = $1', [both.id, a.owner.email])
  await askAs(a.owner.email, 'Whose am I')
  expect(await subjects(a.owner.headers)).toEqual([])
  expect(await subjects(b.owner.headers)).toEqual([])
})

test('a case is read without what the team says among themselves, and the reading is on record', async () => {
  const { id, owner } = await company()
  const asked = await askAs(owner.email, 'Uploads fail')
  const agent = await world.agent()
  const say = (kind: 'note' | 'message', body: string) =>
    sendAgentMessage(agent.ctx, asked.id, { clientMessageId: randomUUID(), body, kind, fileIds: [] })
  await say('note', 'between us')
  await say('message', 'Try again now.')
  await world.settle()
  const answer = await world.app.inject({ url: `/api/v1/console/cases/${asked.id}`, headers: owner.headers })
  const read = answer.json<OrganisationCase>()
  expect(read.messages.map(({ body }) => body)).toContain('Try again now.')
  expect(answer.body).not.toContain('between us')
  const recorded = await world.rows(
    `SELECT action FROM audit_events WHERE organisation_id = $1 AND action = 'case.viewed_by_admin'`,
    [id],
  )
  expect(recorded).toHaveLength(1)
})

test('who may not see cases is refused, and another organisation finds nothing', async () => {
  const [a, b] = [await company(), await company()]
  const { id } = await askAs(a.owner.email, 'Ours')
  const plain = await world.member(a.id, 'member')
  const auditor = await world.member(a.id, 'auditor')
  expect((await list(plain.headers)).statusCode).toBe(403)
  expect((await list(auditor.headers)).statusCode).toBe(200)
  const foreign = await world.app.inject({ url: `/api/v1/console/cases/${id}`, headers: b.owner.headers })
  expect([foreign.statusCode, foreign.json<{ code: string }>().code]).toEqual([404, 'conversation.not_found'])
  expect((await list({})).statusCode).toBe(401)
})

test('pages follow each other without a gap', async () => {
  const { owner } = await company()
  for (let i = 1; i <= 5; i += 1) {
    await askAs(owner.email, `Question ${i}`)
    world.clock.advance(1000)
  }
  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const page = (await list(owner.headers, `state=open&limit=2${cursor}`)).json<OrganisationCaseList>()
    expect(page.counts).toEqual({ open: 5, resolved: 0 })
    seen.push(...page.cases.map(({ subject }) => subject))
    if (page.nextCursor === undefined) break
    cursor = `&cursor=${page.nextCursor}`
  }
  expect(seen).toEqual(['Question 5', 'Question 4', 'Question 3', 'Question 2', 'Question 1'])
})
