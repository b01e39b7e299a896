import type { JoinConfirmed, JoinDecision, JoinRequestList } from '@clew/contract/members'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Dispatcher } from '../../../platform/dispatcher.ts'
import { StatementBatch } from '../../../platform/statement-batch.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { organisationJoinedBy } from './ask-to-join.ts'

let world: World
let organisationId: OrganisationId
let owner: Awaited<ReturnType<World['member']>>
beforeEach(async () => {
  world = await createWorld()
  organisationId = await world.organisation('halcyon')
  owner = await world.member(organisationId, 'owner', 'Petros')
  await keepLetters()
})
afterEach(() => world.close())

type Who = { headers: Record<string, string> }
const post = async <T = unknown>(who: Who | undefined, path: string, payload: object = {}) => {
  const headers = who?.headers ?? { host: 'localhost' }
  const answer = await world.app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload })
  return { status: answer.statusCode, text: answer.body, body: answer.json<T & { code: string }>() }
}
const ask = async (email: string, organisation = 'halcyon') => {
  const answer = await post(undefined, '/join-requests', { organisation, email, name: 'Some One', message: 'hello' })
  await world.settle()
  return answer
}
/** A mail loses its text once it is on its way, which may be before the test looks. */
const keepLetters = () =>
  world.rows(`
    CREATE TABLE letters (n serial, recipient text, body text);
    CREATE FUNCTION keep_letter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN INSERT INTO letters (recipient, body) VALUES (NEW.recipient, NEW.body); RETURN NEW; END $$;
    CREATE TRIGGER keep_letter AFTER INSERT ON mails FOR EACH ROW EXECUTE FUNCTION keep_letter();`)
const mailTo = async (email: string) =>
  (await world.rows('SELECT body FROM letters WHERE recipient = $1 ORDER BY n', [email])).map(
    ({ body }) => /token=([\w-]+)/.exec(String(body))?.[1] ?? '',
  )
const confirm = (token: string) => post<JoinConfirmed>(undefined, '/join-requests/confirm', { token })
const requests = async (who: Who = owner) => {
  const answer = await world.app.inject({ url: '/api/v1/console/join-requests', headers: who.headers })
  return answer.json<JoinRequestList>().requests
}
const confirmed = async (email: string) => {
  await ask(email)
  await confirm((await mailTo(email))[0] ?? '')
  return (await requests()).find((each) => each.email === email)?.id ?? ''
}
const addDomain = (name: string, ticks: { joins: boolean; covers?: boolean }) =>
  world.rows(
    `INSERT INTO domains (id, organisation_id, name, token, state, covers_subdomains, joins_by_itself, created_at,
                          offer_ends_at, verified_at)
     VALUES (gen_random_uuid(), $1, $2, 't', 'verified', $4, $3, now(), now(), now())`,
    [organisationId, name, ticks.joins, ticks.covers ?? false],
  )
const setRule = (value: object) =>
  world.rows(
    `INSERT INTO security_policies (organisation_id, name, version, value, updated_at) VALUES ($1, 'joining', 1, $2, now())`,
    [organisationId, JSON.stringify(value)],
  )

describe('asking to join', () => {
  test('says the same to everyone, and writes only to whom it may concern', async () => {
    await world.supportTeam()
    const answers = [
      await ask('new@x.example'),
      await ask(owner.email),
      await ask('new@x.example', 'no-such-company'),
      await ask('new@x.example', 'team'),
    ]
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(await world.rows('SELECT recipient FROM mails')).toEqual([{ recipient: 'new@x.example' }])
  })

  test('is answered by the same queries whoever asks for whatever, before anybody looks', async () => {
    await world.supportTeam()
    await setRule({ requests: true })
    await world.settle()
    // What comes afterwards is nobody's answer.
    for (const step of ['heard', 'wake'] as const) vi.spyOn(Dispatcher.prototype, step).mockReturnValue()
    const asked = vi.spyOn(StatementBatch.prototype, 'ask')
    const queries: string[][] = []
    for (const [email, organisation] of [
      ['new@x.example', 'halcyon'],
      [owner.email, 'halcyon'],
      ['new@x.example', 'no-such-company'],
      ['new@x.example', 'team'],
    ]) {
      asked.mockClear()
      await post(undefined, '/join-requests', { organisation, email, name: 'Some One', message: 'hello' })
      queries.push(asked.mock.calls.map(([{ text }]) => text))
    }
    const written = queries.map((each) => each.filter((text) => text.startsWith('insert')))
    expect(written[0]).toContainEqual(expect.stringContaining('join_asks'))
    for (const each of written) expect(each).toEqual(written[0])
    for (const each of queries) {
      expect(each.join('\n')).not.toMatch(/organisations|members|invitations|join_requests|policies|domains|mails/)
    }
  })

  test('again within ten minutes sends nothing; later it sends a new link', async () => {
    await ask('new@x.example')
    await ask('new@x.example')
    expect(await mailTo('new@x.example')).toHaveLength(1)
    world.clock.advance(11 * 60_000)
    await ask('new@x.example')
    const [first, second] = await mailTo('new@x.example')
    expect((await confirm(first ?? '')).body.code).toBe('join_request.invalid')
    expect((await confirm(second ?? '')).body.state).toBe('waiting')
  })

  test('is seen by the organisation only once the address is proved, and by no other', async () => {
    await ask('new@x.example')
    expect(await requests()).toEqual([])
    const [token = ''] = await mailTo('new@x.example')
    const both = await Promise.all([confirm(token), confirm(token)])
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 403])
    expect(await requests()).toMatchObject([
      { email: 'new@x.example', name: 'Some One', message: 'hello', state: 'waiting' },
    ])
    expect(await requests(await world.member(await world.organisation('kyma')))).toEqual([])
  })

  test('with a link of two days ago is over', async () => {
    await ask('new@x.example')
    const [token = ''] = await mailTo('new@x.example')
    world.clock.advance(48 * 3_600_000 + 1)
    expect((await confirm(token)).body.code).toBe('join_request.invalid')
  })

  test('goes nowhere where the organisation takes no requests or blocks foreign domains', async () => {
    await setRule({ requests: false })
    await ask('new@x.example')
    await world.rows(`UPDATE security_policies SET value = '{"foreignDomains":"blocked"}'`)
    await ask('new@x.example')
    expect(await world.rows('SELECT recipient FROM mails')).toEqual([])
    await addDomain('x.example', { joins: false })
    await ask('new@x.example')
    expect(await mailTo('new@x.example')).toHaveLength(1)
  })
})

describe('deciding', () => {
  test('to let somebody in invites them, once', async () => {
    const id = await confirmed('new@x.example')
    const member = await world.member(organisationId, 'member')
    const elsewhere = await world.member(await world.organisation('kyma'))
    expect((await post(member, `/console/join-requests/${id}/approve`)).body.code).toBe('permission.denied')
    expect((await post(elsewhere, `/console/join-requests/${id}/approve`)).body.code).toBe('join_request.not_found')
    const both = await Promise.all([
      post<JoinDecision>(owner, `/console/join-requests/${id}/approve`),
      post<JoinDecision>(owner, `/console/join-requests/${id}/approve`),
    ])
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404])
    const token = (await mailTo('new@x.example'))[1]
    const joined = await post(undefined, '/invitations/accept', {
      token,
      name: 'New',
      password: 'a long enough password 7',
    })
    expect(joined.status).toBe(201)
    expect(await world.rows(`SELECT source FROM members WHERE email = 'new@x.example'`)).toEqual([
      { source: 'requested' },
    ])
  })

  test('without a free seat lets them wait, and they are invited when there is one', async () => {
    const made = await post<{ id: string }>(owner, '/console/seat-types', { name: 'Full', limit: 0 })
    const id = await confirmed('new@x.example')
    expect((await post<JoinDecision>(owner, `/console/join-requests/${id}/approve`)).body.state).toBe('waitlisted')
    expect((await requests())[0]?.state).toBe('waitlisted')
    expect(await mailTo('new@x.example')).toHaveLength(1)
    await world.app.inject({
      method: 'PUT',
      url: `/api/v1/console/seat-types/${made.body.id}`,
      headers: owner.headers,
      payload: { name: 'Full', limit: 1, isDefault: true },
    })
    await world.settle()
    expect(await mailTo('new@x.example')).toHaveLength(2)
    expect(await requests()).toEqual([])
  })

  test('against it tells nobody anything, and they may ask again', async () => {
    const id = await confirmed('new@x.example')
    expect((await post<JoinDecision>(owner, `/console/join-requests/${id}/refuse`)).body.state).toBe('refused')
    expect((await post(owner, `/console/join-requests/${id}/refuse`)).status).toBe(404)
    expect(await mailTo('new@x.example')).toHaveLength(1)
    world.clock.advance(11 * 60_000)
    await ask('new@x.example')
    expect(await mailTo('new@x.example')).toHaveLength(2)
  })
})

describe('a verified domain', () => {
  const joinedBy = (email: string) =>
    world.as({ type: 'system', job: 'test' }).transaction((tx) => organisationJoinedBy(tx, email))

  test('lets its people in by itself where that is ticked, and those below it where that is', async () => {
    await addDomain('halcyon.example', { joins: true })
    expect(await joinedBy('a@halcyon.example')).toBe(organisationId)
    expect(await joinedBy('a@HALCYON.example')).toBe(organisationId)
    expect(await joinedBy('a@sub.halcyon.example')).toBeUndefined()
    expect(await joinedBy('a@nothalcyon.example')).toBeUndefined()
    await world.rows('UPDATE domains SET covers_subdomains = true')
    expect(await joinedBy('a@sub.halcyon.example')).toBe(organisationId)
    await world.rows('UPDATE domains SET joins_by_itself = false')
    expect(await joinedBy('a@halcyon.example')).toBeUndefined()
  })

  test('answers a request without anybody of the organisation', async () => {
    await addDomain('halcyon.example', { joins: true })
    await ask('a@halcyon.example')
    const [token = ''] = await mailTo('a@halcyon.example')
    expect((await confirm(token)).body.state).toBe('joined')
    expect(await requests()).toEqual([])
    expect(await mailTo('a@halcyon.example')).toHaveLength(2)
  })
})
