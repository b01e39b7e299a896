import { randomUUID } from 'node:crypto'
import type { SsoConnection } from '@clew/contract/single-sign-on'
import type { SsoProposal, SsoProposals, SsoTeamDiagnosis } from '@clew/contract/sso-proposals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailTexts } from '../../testkit/mail-texts.ts'
import {
  type Company,
  connectSaml,
  consoleOf,
  createCompany,
  createSsoWorld,
  proveDomain,
  setAddress,
  signInBySaml,
} from '../../testkit/sso.ts'
import type { World } from '../../testkit/world.ts'
import { startConversation } from '../conversations/index.ts'
import { deleteIdentitiesOf } from './repository.leaving.ts'

let world: World
let halcyon: Company
let entra: SsoConnection
let agent: Awaited<ReturnType<World['member']>>

beforeAll(async () => {
  world = await createSsoWorld()
  halcyon = await createCompany(world, 'halcyon.example')
  entra = await connectSaml(world, halcyon)
  agent = await world.member(await world.supportTeam(), 'agent', 'Agent')
})
afterAll(() => world.close())

type Answer<T> = { status: number; body: T & { code?: string } }

async function call<T>(url: string, payload: object, headers = agent.headers): Promise<Answer<T>> {
  const answer = await world.app.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    headers: { host: 'localhost', origin: 'http://localhost', ...headers },
    payload,
  })
  return { status: answer.statusCode, body: answer.json() }
}

const press = (about: string, remedy: string, more: object = {}) =>
  call<SsoProposal>('/sso/diagnosis/remedies', { about, remedy, ...more })
const look = async (about: string) => (await call<SsoTeamDiagnosis>('/sso/diagnosis', { about })).body
const settle = (id: string, how: 'approve' | 'decline', company = halcyon) =>
  company.api<SsoProposal & { code?: string }>('POST', `/proposals/${id}/${how}`)
const waiting = async (company = halcyon) =>
  (await company.api<SsoProposals>('GET', '/proposals')).body.proposals.filter(({ state }) => state === 'waiting')
const actions = async (company: Company) =>
  (
    await world.rows(
      `SELECT action FROM audit_events WHERE organisation_id = $1 AND action LIKE 'sso.remedy_%' ORDER BY seq`,
      [company.organisationId],
    )
  ).map(({ action }) => action)

async function letIn(company: Company, isOn = true) {
  await world.rows(
    `INSERT INTO security_policies (organisation_id, name, version, value, updated_at) VALUES ($1, 'support', 1, $2, now())
     ON CONFLICT (organisation_id, name) DO UPDATE SET value = $2`,
    [company.organisationId, JSON.stringify({ mayRepairSignIns: isOn })],
  )
}

async function member(email: string, { role = 'member', company = halcyon } = {}) {
  const made = await world.member(company.organisationId, role as 'member', 'Dora Pappa')
  await setAddress(world, made.id, email)
  return made
}

const stop = (id: string) =>
  world.rows(`UPDATE members SET deactivated_at = now(), deactivated_via = 'console' WHERE id = $1`, [id])
const isStopped = async (id: string) =>
  (await world.rows('SELECT deactivated_at FROM members WHERE id = $1', [id]))[0]?.['deactivated_at'] !== null

async function conversation(company?: Company) {
  const contact = await world.contact()
  await world.rows('UPDATE contacts SET organisation_id = $2 WHERE id = $1', [
    contact.id,
    company?.organisationId ?? null,
  ])
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'I cannot get in',
    fileIds: [],
    locale: 'en',
  })
  return started.conversation.id
}

const timeline = async (conversationId: string) => {
  await world.settle()
  const rows = await world.rows(
    `SELECT content -> 'activity' AS activity FROM messages
      WHERE conversation_id = $1 AND internal AND content -> 'activity' ->> 'type' = 'sign_in_remedy' ORDER BY seq`,
    [conversationId],
  )
  return rows.map(({ activity }) => {
    const { state, byName } = activity as { state: string; byName: string }
    return [state, byName]
  })
}

test('a press of an agent proposes; one press of the organisation’s owner does it, and the timeline says so', async () => {
  const conversationId = await conversation()
  expect(await look('new@halcyon.example')).toMatchObject({ press: 'proposes', proposals: [] })
  const pressed = await press('new@halcyon.example', 'invite', { conversationId })
  expect(pressed.body).toMatchObject({ state: 'waiting', proposedBy: 'Agent', byTeam: false, isYours: false })
  expect(await world.rows(`SELECT 1 FROM invitations WHERE email = 'new@halcyon.example'`)).toHaveLength(0)
  expect((await look('new@halcyon.example')).proposals).toMatchObject([{ id: pressed.body.id, state: 'waiting' }])
  const mails = await world.rows(
    `SELECT recipient FROM mails WHERE idempotency_key LIKE 'sso-proposal:' || $1 || '%'`,
    [pressed.body.id],
  )
  expect(mails).toEqual([{ recipient: 'owner@halcyon.example' }])
  expect((await mailTexts(world, 'owner@halcyon.example'))[0]).toContain(`/app/console/sso#proposal=${pressed.body.id}`)

  expect(await waiting()).toMatchObject([{ id: pressed.body.id, isYours: true, remedy: { remedy: 'invite' } }])
  const approved = await settle(pressed.body.id, 'approve')
  expect(approved.body).toMatchObject({ state: 'done', settledBy: expect.any(String), byTeam: false })
  expect(await world.rows(`SELECT 1 FROM invitations WHERE email = 'new@halcyon.example'`)).toHaveLength(1)
  expect(await actions(halcyon)).toEqual(['sso.remedy_proposed', 'sso.remedy_approved'])
  expect(await timeline(conversationId)).toEqual([
    ['proposed', 'Agent'],
    ['done', approved.body.settledBy],
  ])
})

test('the same pressed twice, or by two at once, is one proposal and one letter', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => press('twice@halcyon.example', 'invite')))
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  const { id = '' } = answers[0]?.body ?? {}
  expect(
    await world.rows(`SELECT 1 FROM mails WHERE idempotency_key LIKE 'sso-proposal:' || $1 || '%'`, [id]),
  ).toHaveLength(1)

  const both = await Promise.all([settle(id, 'approve'), settle(id, 'approve')])
  expect(both.map(({ body }) => body.state)).toEqual(['done', 'done'])
  expect((await settle(id, 'decline')).body.state).toBe('done')
  const log = await world.rows(
    `SELECT action FROM audit_events WHERE organisation_id = $1 AND body::jsonb -> 'targets' -> 0 ->> 'id' = $2 ORDER BY seq`,
    [halcyon.organisationId, id],
  )
  expect(log.map(({ action }) => action)).toEqual(['sso.remedy_proposed', 'sso.remedy_approved'])
  expect(await world.rows(`SELECT 1 FROM invitations WHERE email = 'twice@halcyon.example'`)).toHaveLength(1)
})

test('what was mended meanwhile, or whose person is gone, is overtaken and does nothing', async () => {
  const stopped = await member('back@halcyon.example')
  await stop(stopped.id)
  const mended = await press('back@halcyon.example', 'lift_deactivation')
  await world.rows(`UPDATE members SET deactivated_at = NULL, deactivated_via = NULL WHERE id = $1`, [stopped.id])
  expect((await settle(mended.body.id, 'approve')).body.state).toBe('overtaken')

  const leaver = await member('leaver@halcyon.example')
  await stop(leaver.id)
  const gone = await press('leaver@halcyon.example', 'lift_deactivation')
  await world.rows(`UPDATE members SET removed_at = now() WHERE id = $1`, [leaver.id])
  expect((await settle(gone.body.id, 'approve')).body.state).toBe('overtaken')
  expect((await actions(halcyon)).slice(-2)).toEqual(['sso.remedy_proposed', 'sso.remedy_overtaken'])
})

test('a declined one is declined for good, and the agent may propose again', async () => {
  const { body } = await press('perhaps@halcyon.example', 'invite')
  expect((await settle(body.id, 'decline')).body.state).toBe('declined')
  expect((await settle(body.id, 'approve')).body.state).toBe('declined')
  expect(await world.rows(`SELECT 1 FROM invitations WHERE email = 'perhaps@halcyon.example'`)).toHaveLength(0)
  expect((await press('perhaps@halcyon.example', 'invite')).body).toMatchObject({ state: 'waiting' })
})

test('a press does only what the diagnosis of this moment offers', async () => {
  for (const remedy of ['link_alias', 'move_address', 'lift_deactivation', 'add_seats', 'open_connection'])
    expect((await press('only@halcyon.example', remedy)).body.code).toBe('sso.remedy_unfit')
  expect((await press('somebody@nowhere.example', 'invite')).body.code).toBe('sso.remedy_unfit')
  // Not who it is for, nor which account: that is not the request's to say.
  expect((await press('only@halcyon.example', 'invite', { email: 'x@halcyon.example' })).status).toBe(400)
})

test('another organisation and whoever may not do it themselves reach no proposal', async () => {
  const { body } = await press('walled@halcyon.example', 'invite')
  const other = await createCompany(world, 'other.example')
  expect(await waiting(other)).toEqual([])
  for (const how of ['approve', 'decline'] as const)
    expect((await settle(body.id, how, other)).body.code).toBe('sso.proposal_not_found')

  const auditor = await world.member(halcyon.organisationId, 'auditor', 'Auditor')
  const looks = consoleOf(world, auditor.headers)
  const list = await looks<SsoProposals>('GET', '/proposals')
  expect(list.body.proposals.every(({ isYours }) => !isYours)).toBe(true)
  for (const how of ['approve', 'decline'])
    expect((await looks<{ code: string }>('POST', `/proposals/${body.id}/${how}`)).body.code).toBe('permission.denied')
  expect(
    (await call('/sso/diagnosis/remedies', { about: 'x@halcyon.example', remedy: 'invite' }, halcyon.owner.headers))
      .status,
  ).toBe(401)
  expect((await waiting()).map(({ id }) => id)).toContain(body.id)
})

test('where the organisation lets support do it, the press does it at once, under the agent’s name', async () => {
  const argo = await createCompany(world, 'argo.example')
  const stopped = await member('stopped@argo.example', { company: argo })
  await stop(stopped.id)
  const early = await press('stopped@argo.example', 'lift_deactivation')
  expect(early.body.state).toBe('waiting')
  await letIn(argo)
  expect(await look('stopped@argo.example')).toMatchObject({ press: 'does' })

  const conversationId = await conversation(argo)
  const done = await press('stopped@argo.example', 'lift_deactivation', { conversationId })
  expect(done.body).toMatchObject({ id: early.body.id, state: 'done', byTeam: true, settledBy: 'Agent' })
  expect(await isStopped(stopped.id)).toBe(false)
  expect(await actions(argo)).toEqual(['sso.remedy_proposed', 'sso.remedy_applied_by_team'])
  const [entry] = await world.rows(
    `SELECT body::jsonb -> 'actor' AS actor FROM audit_events WHERE action = 'user.reactivated' AND organisation_id = $1`,
    [argo.organisationId],
  )
  expect(entry?.['actor']).toMatchObject({ type: 'agent', id: agent.id })
  expect((await settle(early.body.id, 'approve', argo)).body.state).toBe('done')

  await letIn(argo, false)
  await stop(stopped.id)
  expect((await press('stopped@argo.example', 'lift_deactivation')).body.state).toBe('waiting')
  expect(await isStopped(stopped.id)).toBe(true)
})

test('an agent who is let in still changes nobody who may do more: that is proposed', async () => {
  const delos = await createCompany(world, 'delos.example')
  await letIn(delos)
  const admin = await member('admin@delos.example', { role: 'admin', company: delos })
  await stop(admin.id)
  expect((await press('admin@delos.example', 'lift_deactivation')).body.state).toBe('waiting')
  expect(await isStopped(admin.id)).toBe(true)
  // And the rule of one organisation opens no other.
  const stopped = await member('closed@halcyon.example')
  await stop(stopped.id)
  expect((await press('closed@halcyon.example', 'lift_deactivation')).body.state).toBe('waiting')
})

test('in the team’s own organisation an agent does what they may, and proposes the rest to their owners', async () => {
  const team = await world.supportTeam()
  const colleague = await world.member(team, 'agent', 'Colleague')
  await setAddress(world, colleague.id, 'colleague@team.example')
  await stop(colleague.id)
  await proveDomain(world, team, 'team.example')
  expect(await look('colleague@team.example')).toMatchObject({ press: 'proposes' })
  const lead = await world.member(team, 'owner', 'Lead')
  const done = await call<SsoProposal>(
    '/sso/diagnosis/remedies',
    { about: 'colleague@team.example', remedy: 'lift_deactivation' },
    lead.headers,
  )
  expect(done.body).toMatchObject({ state: 'done', settledBy: 'Lead' })
  expect(await isStopped(colleague.id)).toBe(false)
})

test('the mapping is mended by one press where the address stands under another name', async () => {
  const company = await createCompany(world, 'mapped.example')
  const okta = await connectSaml(world, company, { name: 'Okta' })
  const facts = { attributes: { userPrincipalName: ['dora@mapped.example'] }, nameId: 'opaque-1' }
  const { reference = '' } = await signInBySaml(world, okta, { email: 'dora@mapped.example', facts } as never)
  const found = await look(reference)
  expect(found).toMatchObject({ cause: 'address_missing' })
  expect(found.remedies).toMatchObject([{ remedy: 'fix_mapping', isOneClick: true, claim: 'userPrincipalName' }])
  const { body } = await press(reference, 'fix_mapping')
  expect((await settle(body.id, 'approve', company)).body.state).toBe('done')
  const now = await company.api<{ connections: SsoConnection[] }>('GET', '')
  expect(now.body.connections[0]?.options.mapping.email).toBe('userPrincipalName')
  const wrong = { remedy: 'fix_mapping', connectionId: okta.id, claim: 'department' }
  expect((await company.api<{ code: string }>('POST', '/remedies', wrong)).body.code).toBe('sso.remedy_unfit')
})

test('what one organisation says stays out of the conversations of another', async () => {
  const third = await createCompany(world, 'third.example')
  const conversationId = await conversation(third)
  const { body } = await press('elsewhere@halcyon.example', 'invite', { conversationId })
  expect(body.state).toBe('waiting')
  expect(await timeline(conversationId)).toEqual([])
})

test('what was proposed for somebody goes with them, by their account as by their address', async () => {
  const leaver = await member('forgotten@halcyon.example')
  await stop(leaver.id)
  const { body: own } = await press('forgotten@halcyon.example', 'lift_deactivation')
  const { body: other } = await press('stays@halcyon.example', 'invite')
  await world.clew.newCtx('test').transaction((tx) => deleteIdentitiesOf(tx, leaver.id))
  const left = await world.rows('SELECT id FROM sso_proposals WHERE id = ANY ($1)', [[own.id, other.id]])
  expect(left).toEqual([{ id: other.id }])
})

test('a proposal ends after thirty days', async () => {
  const { body } = await press('old@halcyon.example', 'invite')
  await world.rows(`UPDATE sso_proposals SET proposed_at = proposed_at - interval '31 days' WHERE id = $1`, [body.id])
  expect((await settle(body.id, 'approve')).body.code).toBe('sso.proposal_not_found')
  expect((await waiting()).map(({ id }) => id)).not.toContain(body.id)
})

test('a sign-in that works has nothing to press', async () => {
  await member('fine@halcyon.example')
  await signInBySaml(world, entra, { email: 'fine@halcyon.example' })
  expect((await look('fine@halcyon.example')).press).toBeUndefined()
})
