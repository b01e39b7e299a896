import { randomUUID } from 'node:crypto'
import type { SsoConnection, SsoDiagnosis, SsoOptions } from '@clew/contract/single-sign-on'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailTexts } from '../../testkit/mail-texts.ts'
import { startOidcProvider } from '../../testkit/oidc-provider.ts'
import { samlIdp } from '../../testkit/saml-idp/idp.ts'
import {
  type Company,
  connectSaml,
  consoleOf,
  createCompany,
  createSsoWorld,
  proveDomain,
  SsoBrowser,
  setAddress,
  signInBySaml,
} from '../../testkit/sso.ts'
import type { World } from '../../testkit/world.ts'
import { startConversation } from '../conversations/index.ts'
import { lookUpMembership } from './use-cases/diagnose.ts'

let world: World
let halcyon: Company
let entra: SsoConnection

beforeAll(async () => {
  world = await createSsoWorld()
  halcyon = await createCompany(world, 'halcyon.example')
  entra = await connectSaml(world, halcyon)
})
afterAll(() => world.close())

const ask = async (about: string, company: Pick<Company, 'api'> = halcyon): Promise<SsoDiagnosis> =>
  (await company.api<SsoDiagnosis>('POST', '/diagnosis', { about })).body
const remedies = ({ remedies: offered }: SsoDiagnosis): string[] => offered.map(({ remedy }) => remedy)
const marks = ({ findings }: SsoDiagnosis, mark: string): string[] =>
  findings.filter((each) => each.mark === mark).map(({ finding }) => finding)

async function member(email: string, company = halcyon) {
  const made = await world.member(company.organisationId, 'member', 'Dora Pappa')
  await setAddress(world, made.id, email)
  return made
}

const invite = (email: string) =>
  world.app.inject({
    method: 'POST',
    url: '/api/v1/console/invitations',
    headers: { host: 'localhost', origin: 'http://localhost', ...halcyon.owner.headers },
    payload: { source: 'paste', text: email },
  })

/** The reference that a person was shown, after a sign-in that got nowhere. */
async function refused(email: string, options: Parameters<typeof signInBySaml>[2] | object = {}, by = entra) {
  const { reference } = await signInBySaml(world, by, { email, ...options })
  expect(reference).toBeDefined()
  return reference ?? ''
}

test('a: the domain is nobody’s', async () => {
  const found = await ask(await refused('kostas@unknown.example'))
  expect([found.cause, found.letter, remedies(found)]).toEqual(['domain_unknown', 'a', ['verify_domain']])
  expect(await ask('somebody@nowhere.example')).toMatchObject({ cause: 'domain_unknown' })
})

test('b: the domain is verified, and nobody was invited', async () => {
  const reference = await refused('nobody@halcyon.example')
  const found = await ask(reference)
  expect([found.cause, found.letter]).toEqual(['not_invited', 'b'])
  expect(remedies(found)).toEqual(['invite', 'turn_on_just_in_time'])
  expect(marks(found, 'sent')).toEqual(['vouched'])
  expect(marks(found, 'not_it')).toEqual(expect.arrayContaining(['not_deactivated', 'seat_free', 'right_workspace']))
  expect(await ask(reference.toLowerCase().replaceAll('-', ' '))).toMatchObject({ cause: 'not_invited' })
  expect(await ask('nobody@halcyon.example')).toMatchObject({ cause: 'not_invited' })

  const done = await halcyon.api('POST', '/remedies', { remedy: 'invite', email: 'nobody@halcyon.example' })
  expect(done.status).toBe(204)
  expect((await signInBySaml(world, entra, { email: 'nobody@halcyon.example' })).location).toBe('/app/')
  expect(await ask('nobody@halcyon.example')).toMatchObject({ cause: 'works' })
})

test('c: the invitation is for another address', async () => {
  await proveDomain(world, halcyon.organisationId, 'halcyon-maritime.example')
  await invite('eleni@halcyon-maritime.example')
  const found = await ask(await refused('eleni@halcyon.example'))
  expect([found.cause, found.letter, found.values['invited']]).toEqual([
    'invited_elsewhere',
    'c',
    'eleni@halcyon-maritime.example',
  ])
  expect(remedies(found)).toEqual(['invite', 'resend_invitation'])
})

test('d: the invitation has run out', async () => {
  await invite('late@halcyon.example')
  await world.rows(`UPDATE invitations SET expires_at = $1 WHERE email = 'late@halcyon.example'`, [world.clock.now()])
  const found = await ask(await refused('late@halcyon.example'))
  expect([found.cause, found.letter, remedies(found)]).toEqual(['invitation_expired', 'd', ['resend_invitation']])
  const { invitationId } = found.remedies[0] ?? {}
  expect((await halcyon.api('POST', '/remedies', { remedy: 'resend_invitation', invitationId })).status).toBe(204)
  expect((await signInBySaml(world, entra, { email: 'late@halcyon.example' })).location).toBe('/app/')
})

test('e: provisioning has deactivated them', async () => {
  const gone = await member('gone@halcyon.example')
  await world.rows(
    `UPDATE members SET deactivated_at = '2026-11-20', deactivated_via = 'scim', source = 'scim' WHERE id = $1`,
    [gone.id],
  )
  const found = await ask(await refused('gone@halcyon.example'))
  expect([found.cause, found.letter, remedies(found)]).toEqual([
    'deactivated_by_provisioning',
    'e',
    ['lift_deactivation'],
  ])
  expect(found.findings.find(({ mark }) => mark === 'differs')?.at).toContain('2026-11-20')
})

test('one who was stopped in the console is let in again by one press', async () => {
  const stopped = await member('stopped@halcyon.example')
  await world.rows(`UPDATE members SET deactivated_at = now(), deactivated_via = 'console' WHERE id = $1`, [stopped.id])
  const found = await ask(await refused('stopped@halcyon.example'))
  expect([found.cause, remedies(found)]).toEqual(['deactivated', ['lift_deactivation']])
  await halcyon.api('POST', '/remedies', { remedy: 'lift_deactivation', memberId: stopped.id })
  expect((await signInBySaml(world, entra, { email: 'stopped@halcyon.example' })).location).toBe('/app/')
})

test('f: provisioning has not sent them yet, and nobody joins by signing in', async () => {
  const argo = await createCompany(world, 'argo.example')
  const okta = await connectSaml(world, argo, { name: 'Okta' })
  await world.rows(
    `INSERT INTO provisioning_connections (id, organisation_id, name, kind, default_role, version, created_at, updated_at)
     VALUES (gen_random_uuid(), $1, 'Okta SCIM', 'okta', 'member', 1, now(), now())`,
    [argo.organisationId],
  )
  const found = await ask(await refused('new@argo.example', {}, okta), argo)
  expect([found.cause, found.letter, remedies(found)]).toEqual(['not_provisioned', 'f', ['turn_on_just_in_time']])
  expect(found.values['by']).toBe('Okta SCIM')
})

test('g: the provider says another address than the account has', async () => {
  await proveDomain(world, halcyon.organisationId, 'halcyon-shipping.example')
  const dora = await member('d.pappa@halcyon-shipping.example')
  const start = '?email=d.pappa@halcyon-shipping.example'
  const reference = await refused('d.pappa@halcyon.example', { start })
  const found = await ask('d.pappa@halcyon-shipping.example')
  expect([found.cause, found.letter]).toEqual(['address_differs', 'g'])
  expect(found.values).toMatchObject({
    name: 'Dora Pappa',
    account: 'd.pappa@halcyon-shipping.example',
    address: 'd.pappa@halcyon.example',
  })
  expect(found.attempt?.reference).toBe(reference)
  expect(remedies(found)).toEqual(['move_address', 'link_alias', 'invite_as'])
  const move = { remedy: 'move_address', memberId: dora.id, email: 'd.pappa@halcyon.example' }
  expect((await halcyon.api('POST', '/remedies', move)).status).toBe(204)
  const { browser } = await signInBySaml(world, entra, { email: 'd.pappa@halcyon.example' })
  expect(await browser.me()).toMatchObject({ email: 'd.pappa@halcyon.example' })
  const old = await signInBySaml(world, entra, { email: 'd.pappa@halcyon-shipping.example' })
  expect(await old.browser.me()).toMatchObject({ email: 'd.pappa@halcyon.example' })
})

test('an alias is given for an address of the organisation only', async () => {
  const nikos = await member('nikos@halcyon.example')
  const alias = (email: string) =>
    halcyon.api<{ code: string }>('POST', '/remedies', { remedy: 'link_alias', memberId: nikos.id, email })
  expect((await alias('nikos@gmail.example')).body.code).toBe('sso.domain_not_verified')
  expect((await alias('owner@halcyon.example')).body.code).toBe('invitation.address_taken')
  expect((await alias('n.petrou@halcyon.example')).status).toBe(204)
  const { browser } = await signInBySaml(world, entra, { email: 'n.petrou@halcyon.example' })
  expect(await browser.me()).toMatchObject({ email: 'nikos@halcyon.example' })
})

test('h: the wrong account, the wrong connection, or the wrong workspace', async () => {
  await member('right@halcyon.example')
  const personal = await ask(await refused('right@private.example', { start: '?email=right@halcyon.example' }))
  expect([personal.cause, personal.letter]).toEqual(['wrong_connection', 'h'])

  await proveDomain(world, halcyon.organisationId, 'islands.example')
  const islands = await connectSaml(world, halcyon, { name: 'Islands', domains: ['islands.example'] })
  await member('two@halcyon.example')
  const other = await ask(await refused('two@halcyon.example', {}, islands))
  expect([other.cause, other.values['right']]).toEqual(['wrong_connection', 'Entra ID'])
})

test('i: what came back cannot be trusted', async () => {
  await member('trusted@halcyon.example')
  const { keys } = samlIdp()
  const cases: readonly [object, string][] = [
    [{ key: keys.next }, 'saml.unknown_certificate'],
    [{ facts: { audience: 'https://other.example' } }, 'saml.wrong_audience'],
    [{ facts: { recipient: 'https://other.example/acs' } }, 'saml.wrong_recipient'],
    [{ facts: { notBefore: '2027-01-01T00:00:00Z' } }, 'saml.not_yet_valid'],
  ]
  for (const [options, reason] of cases) {
    const found = await ask(await refused('trusted@halcyon.example', options))
    expect([found.cause, found.letter, found.values['reason']]).toEqual(['untrusted_response', 'i', reason])
    expect(remedies(found)).toEqual(['open_connection'])
  }
})

test('j: there is no seat left', async () => {
  const [seat] = await world.rows(
    `INSERT INTO seat_types (id, organisation_id, name, seat_limit, is_default, created_at)
     VALUES (gen_random_uuid(), $1, 'Desk', 0, false, now()) RETURNING id`,
    [halcyon.organisationId],
  )
  const options: Partial<SsoOptions> = { justInTime: true, seatTypeId: String(seat?.['id']) }
  const seated = await connectSaml(world, halcyon, { name: 'Seated', options })
  const found = await ask(await refused('standing@halcyon.example', {}, seated))
  expect([found.cause, found.letter, found.values['limit'], remedies(found)]).toEqual([
    'no_seat',
    'j',
    '0',
    ['add_seats'],
  ])
})

test('a reference or an address of another organisation says nothing here', async () => {
  const other = await createCompany(world, 'third.example')
  const connection = await connectSaml(world, other, { name: 'Third' })
  const reference = await refused('secret@third.example', {}, connection)
  expect(await ask(reference)).toMatchObject({ cause: 'nothing_known', findings: [] })
  const asked = await ask('secret@third.example')
  expect(asked.cause).toBe('domain_unknown')
  expect(JSON.stringify(asked)).not.toMatch(/Third|SSO-/)
})

test('an agent sees the cause for anybody, may only propose, and it is written into that organisation’s log', async () => {
  const team = await world.supportTeam()
  const agent = await world.member(team, 'agent', 'Agent')
  const reference = await refused('who@halcyon.example')
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/sso/diagnosis',
    headers: { host: 'localhost', origin: 'http://localhost', ...agent.headers },
    payload: { about: reference },
  })
  expect(answer.json()).toMatchObject({ cause: 'not_invited', organisation: { name: 'halcyon' } })
  expect(answer.json()).toMatchObject({ press: 'proposes', proposals: [] })
  const log = await world.rows(
    `SELECT 1 FROM audit_events WHERE action = 'organisation.viewed_by_team' AND organisation_id = $1`,
    [halcyon.organisationId],
  )
  expect(log).toHaveLength(1)
  const member = await consoleOf(world, halcyon.owner.headers)('GET', '')
  expect(member.status).toBe(200)
  const closed = await world.app.inject({
    method: 'POST',
    url: '/api/v1/sso/diagnosis',
    headers: { host: 'localhost', origin: 'http://localhost', ...halcyon.owner.headers },
    payload: { about: reference },
  })
  expect(closed.statusCode).toBe(401)
})

test('an agent’s press writes to the owners with the way to where it is mended, once a day', async () => {
  const agent = await world.member(await world.supportTeam(), 'agent', 'Agent who writes')
  const press = async (about: string) => {
    const answer = await world.app.inject({
      method: 'POST',
      url: '/api/v1/sso/diagnosis/letter',
      headers: { host: 'localhost', origin: 'http://localhost', ...agent.headers },
      payload: { about },
    })
    return [answer.statusCode, answer.json()]
  }
  const reference = await refused('forgotten@halcyon.example')
  expect(await press(reference)).toEqual([200, { sentTo: 1 }])
  expect(await press('forgotten@halcyon.example')).toEqual([200, { sentTo: 0 }])
  const [letter] = await mailTexts(world, 'owner@halcyon.example')
  expect(letter).toContain(`/app/console/sso#about=${reference}`)
  const mails = await world.rows(`SELECT recipient, subject FROM mails WHERE idempotency_key LIKE 'sso-ask:%'`)
  expect(mails).toEqual([
    { recipient: 'owner@halcyon.example', subject: 'forgotten@halcyon.example cannot sign in at halcyon' },
  ])
  const log = await world.rows(
    `SELECT 1 FROM audit_events WHERE action = 'organisation.written_to_by_team' AND organisation_id = $1`,
    [halcyon.organisationId],
  )
  expect(log).toHaveLength(2)
  expect(await press('nobody@nowhere-known.example')).toMatchObject([409, { code: 'sso.remedy_unfit' }])
})

test('the number of a case finds whom it is about: for the team any, in the console the organisation’s own', async () => {
  const agent = await world.member(await world.supportTeam(), 'agent', 'Second agent')
  const forTeam = async (about: string): Promise<SsoDiagnosis> => {
    const answer = await world.app.inject({
      method: 'POST',
      url: '/api/v1/sso/diagnosis',
      headers: { host: 'localhost', origin: 'http://localhost', ...agent.headers },
      payload: { about },
    })
    return answer.json<SsoDiagnosis>()
  }
  const asked = async (body: string, of?: Company) => {
    const contact = await world.contact()
    await world.rows('UPDATE contacts SET email = $2, organisation_id = $3 WHERE id = $1', [
      contact.id,
      'asks@halcyon.example',
      of?.organisationId ?? null,
    ])
    const { started } = await startConversation(contact.ctx, {
      clientConversationId: randomUUID(),
      clientMessageId: randomUUID(),
      body,
      fileIds: [],
      locale: 'en',
    })
    return `#${started.conversation.number}`
  }
  const reference = await refused('in-a-case@halcyon.example')
  const byReference = await asked(`It says No accounts found, ${reference.toLowerCase()}`, halcyon)
  expect(await forTeam(byReference)).toMatchObject({ cause: 'not_invited', attempt: { reference } })
  expect(await forTeam(byReference.slice(1))).toMatchObject({ subject: 'in-a-case@halcyon.example' })
  expect(await forTeam(byReference.replace('#', 'C-'))).toMatchObject({ attempt: { reference } })
  expect(await ask(byReference)).toMatchObject({ cause: 'not_invited', attempt: { reference } })

  const byAddress = await asked('I am gone@halcyon.example and cannot get in')
  expect(await forTeam(byAddress)).toMatchObject({ cause: 'deactivated_by_provisioning' })
  expect(await forTeam(await asked('I cannot get in'))).toMatchObject({ subject: 'asks@halcyon.example' })

  // Not of this organisation, and not there at all: both are the same.
  expect(await ask(byAddress)).toMatchObject({ cause: 'nothing_known', findings: [], subject: byAddress })
  expect(await ask('#999999')).toMatchObject({ cause: 'nothing_known', findings: [], subject: '#999999' })
  expect(await forTeam('#999999')).toMatchObject({ cause: 'nothing_known', findings: [] })
})

test('who may not read the cases of an organisation learns nothing by their numbers', async () => {
  const looker = await world.member(halcyon.organisationId, 'member', 'Looker')
  const [role] = await world.rows(
    `INSERT INTO custom_roles (id, organisation_id, name, permissions, created_at, updated_at)
     VALUES (gen_random_uuid(), $1, 'Looks at sign-in', '{sign_in.read}', now(), now()) RETURNING id`,
    [halcyon.organisationId],
  )
  await world.rows(`UPDATE members SET role = 'custom', custom_role_id = $2 WHERE id = $1`, [looker.id, role?.['id']])
  const api = consoleOf(world, looker.headers)
  const byNumber = await api<{ code: string }>('POST', '/diagnosis', { about: '#1' })
  expect([byNumber.status, byNumber.body.code]).toEqual([403, 'permission.denied'])
  expect((await api('POST', '/diagnosis', { about: 'x@halcyon.example' })).status).toBe(200)
})

test('a flow learns one word, and the word is right', async () => {
  await member('fine@halcyon.example')
  const look = (about: string) =>
    world.clew.newCtx('test').transaction((tx) => lookUpMembership(tx, about, { provisionedBy: async () => undefined }))
  expect((await look('fine@halcyon.example')).outcome).toBe('member')
  expect((await look('nobody-2@halcyon.example')).outcome).toBe('not-member')
  expect((await look('gone@halcyon.example')).outcome).toBe('inactive')
  expect((await look('nonsense')).outcome).toBe('unknown')
})

test('an OpenID provider that cannot be reached is named as what it is', async () => {
  const provider = await startOidcProvider()
  const hosts = await createSsoWorld([provider.host])
  try {
    const company = await createCompany(hosts, 'far.example')
    const made = await company.api<SsoConnection>('POST', '/connections', {
      kind: 'oidc',
      provider: 'other',
      name: 'Far',
    })
    const set = await company.api<SsoConnection>('PATCH', `/connections/${made.body.id}`, {
      version: made.body.version,
      setUp: { issuer: provider.issuer, clientId: 'x', clientSecret: 'y' },
    })
    await company.api('PUT', `/connections/${set.body.id}/state`, { state: 'active' })
    await provider.close()
    const answer = await new SsoBrowser(hosts).get(`${set.body.own.startUrl}?email=owner@far.example`)
    const reference = /SSO-[\w-]+/.exec(answer.headers.location ?? '')?.[0] ?? ''
    expect(await ask(reference, company)).toMatchObject({
      cause: 'untrusted_response',
      values: { reason: 'oidc.unreachable' },
    })
  } finally {
    await hosts.close()
  }
})
