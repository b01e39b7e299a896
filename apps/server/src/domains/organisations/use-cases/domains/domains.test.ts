import { createHash } from 'node:crypto'
import type { DomainDisputeList, DomainList, OrganisationDomain } from '@clew/contract/domains'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DnsServer, startDnsServer } from '../../../../testkit/dns-server.ts'
import { createWorld, type World } from '../../../../testkit/world.ts'
import { verifiedOrganisationOf } from './verified-organisation.ts'

const dayMs = 86_400_000
let dns: DnsServer
let world: World
beforeAll(async () => {
  dns = await startDnsServer()
  world = await createWorld({ config: { dnsServers: [dns.address] } })
})
afterAll(async () => {
  await world.close()
  await dns.stop()
})

type Headers = Record<string, string>
type Someone = { organisationId: OrganisationId; headers: Headers }

async function owner(role: 'owner' | 'auditor' | 'member' = 'owner'): Promise<Someone> {
  const organisationId = await world.organisation()
  return { organisationId, headers: (await world.member(organisationId, role)).headers }
}

const call = (who: { headers: Headers }, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
  world.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: who.headers,
    ...(payload === undefined ? {} : { payload }),
  })

const list = async (who: Someone): Promise<DomainList['domains']> =>
  (await call(who, 'GET', '/console/domains')).json<DomainList>().domains
const add = async (who: Someone, name: string, ticks: object = {}): Promise<OrganisationDomain> =>
  (await call(who, 'POST', '/console/domains', { name, ...ticks })).json<OrganisationDomain>()
const check = async (who: Someone, { id }: { id: string }): Promise<OrganisationDomain> =>
  (await call(who, 'POST', `/console/domains/${id}/check`)).json<OrganisationDomain>()
const codeOf = (answer: { json<T>(): T }): string => answer.json<{ code: string }>().code

function publish(domain: OrganisationDomain, others: readonly OrganisationDomain[] = []): void {
  if (!dns.asked.includes(domain.name)) dns.zone(domain.name)
  dns.set(domain.record.at, { TXT: [domain, ...others].map(({ record }) => record.says) })
}

async function verified(who: Someone, name: string, ticks: object = {}): Promise<OrganisationDomain> {
  const domain = await add(who, name, ticks)
  publish(domain)
  return check(who, domain)
}

/** As the job does it, every five minutes. */
const runJob = async () => {
  const job = world.clew.house.jobs.find(({ name }) => name === 'organisations.check_domains')
  await job?.run(world.clew.newCtx('organisations.check_domains'), {} as never)
}
const mailsTo = async (organisationId: OrganisationId) =>
  world.rows(
    'SELECT subject FROM mails JOIN members ON members.email = mails.recipient WHERE members.organisation_id = $1 ORDER BY mails.created_at, subject',
    [organisationId],
  )
const actions = async (organisationId: OrganisationId) =>
  (await world.rows('SELECT action FROM audit_events WHERE organisation_id = $1 ORDER BY seq', [organisationId])).map(
    (row) => row['action'],
  )
const holderOf = async (email: string) =>
  world.clew.newCtx('test').transaction(async (tx) => (await verifiedOrganisationOf(tx, email))?.organisationId)

describe('a domain is added', () => {
  test('with a record of 128 random bits and seven days', async () => {
    const who = await owner()
    const domain = await add(who, 'https://Added.Example/')
    expect(domain).toMatchObject({
      name: 'added.example',
      state: 'waiting',
      record: { at: '_clew-challenge.added.example', says: expect.stringMatching(/^clew=[0-9a-f]{32}$/) },
    })
    expect(Date.parse(domain.offerEndsAt) - world.clock.now().getTime()).toBe(7 * dayMs)
    expect((await add(await owner(), 'added.example')).record.says).not.toBe(domain.record.says)
    expect(await actions(who.organisationId)).toContain('domain.added')
  })

  test('in another script it is kept in ASCII and shown as it is written', async () => {
    const domain = await add(await owner(), 'παράδειγμα.example')
    expect(domain).toMatchObject({ name: 'xn--hxajbheg2az3al.example', shownName: 'παράδειγμα.example' })
  })

  test.each([
    ['gmail.com', 'domain.public_mail'],
    ['co.uk', 'domain.public_suffix'],
    ['127.0.0.1', 'domain.invalid'],
  ])('%s is refused', async (name, code) => {
    const answer = await call(await owner(), 'POST', '/console/domains', { name })
    expect([answer.statusCode, codeOf(answer)]).toEqual([422, code])
  })

  test('twice it is refused, and below one that covers it too; below one that does not it is a domain of its own', async () => {
    const who = await owner()
    const parent = await verified(who, 'parent.example')
    expect(codeOf(await call(who, 'POST', '/console/domains', { name: 'parent.example' }))).toBe('domain.already_added')
    expect((await add(who, 'ships.parent.example')).state).toBe('waiting')
    await call(who, 'PATCH', `/console/domains/${parent.id}`, { coversSubdomains: true })
    expect(codeOf(await call(who, 'POST', '/console/domains', { name: 'ports.parent.example' }))).toBe(
      'domain.already_covered',
    )
  })

  test('who may only look sees them and changes nothing; who may not look sees nothing', async () => {
    const who = await owner()
    await add(who, 'looked-at.example')
    const auditor = await world.member(who.organisationId, 'auditor')
    const member = await world.member(who.organisationId, 'member')
    const seen = (await call(auditor, 'GET', '/console/domains')).json<DomainList>()
    expect([seen.domains.length, seen.canManage]).toEqual([1, false])
    expect((await call(auditor, 'POST', '/console/domains', { name: 'x.example' })).statusCode).toBe(403)
    expect((await call(member, 'GET', '/console/domains')).statusCode).toBe(403)
  })

  test("another organisation's domain does not exist", async () => {
    const [mine, theirs] = [await owner(), await owner()]
    const domain = await add(mine, 'walls.example')
    expect(await list(theirs)).toEqual([])
    for (const [method, path] of [
      ['POST', `/console/domains/${domain.id}/check`],
      ['POST', `/console/domains/${domain.id}/renewal`],
      ['PATCH', `/console/domains/${domain.id}`],
      ['GET', `/console/domains/${domain.id}/removal`],
      ['DELETE', `/console/domains/${domain.id}`],
    ] as const) {
      const answer = await call(theirs, method, path, method === 'PATCH' ? { joinsByItself: true } : undefined)
      expect([answer.statusCode, codeOf(answer)], path).toEqual([404, 'domain.not_found'])
    }
  })
})

describe('a domain is proved', () => {
  test('by its record, and then its addresses are of the organisation', async () => {
    const who = await owner()
    const domain = await add(who, 'proved.example')
    expect(await check(who, domain)).toMatchObject({ state: 'waiting', lastAnswer: 'no_domain' })
    expect(await holderOf('a@proved.example')).toBeUndefined()
    publish(domain)
    expect(await check(who, domain)).toMatchObject({ state: 'verified', lastAnswer: 'found' })
    expect(await holderOf('a@proved.example')).toBe(who.organisationId)
    expect(await actions(who.organisationId)).toContain('domain.verified')
  })

  test('by the job, without anybody asking', async () => {
    const who = await owner()
    const domain = await add(who, 'by-job.example')
    await runJob()
    publish(domain)
    await runJob()
    expect((await list(who))[0]).toMatchObject({ state: 'waiting' })
    world.clock.advance(5 * 60_000)
    await runJob()
    expect((await list(who))[0]).toMatchObject({ state: 'verified' })
  })

  test('subdomains count by the tick alone, and the nearest domain has the word', async () => {
    const [big, small] = [await owner(), await owner()]
    const parent = await verified(big, 'cover.example')
    const name = 'a@ships.cover.example'
    expect(await holderOf(name)).toBeUndefined()
    await verified(small, 'ships.cover.example')
    await call(big, 'PATCH', `/console/domains/${parent.id}`, { coversSubdomains: true })
    expect(await holderOf(name)).toBe(small.organisationId)
    expect(await holderOf('a@ports.cover.example')).toBe(big.organisationId)
    expect(await holderOf('a@notcover.example')).toBeUndefined()
  })

  test('an offer ends after seven days; begun again it has another text', async () => {
    const before = await owner()
    const domain = await add(before, 'slow.example')
    world.clock.advance(7 * dayMs)
    await runJob()
    const who = { ...before, headers: (await world.member(before.organisationId)).headers }
    expect((await list(who))[0]).toMatchObject({ state: 'expired' })
    publish(domain)
    expect(codeOf(await call(who, 'POST', `/console/domains/${domain.id}/check`))).toBe('domain.offer_over')
    const again = (await call(who, 'POST', `/console/domains/${domain.id}/renewal`)).json<OrganisationDomain>()
    expect(again.state).toBe('waiting')
    expect(again.record.says).not.toBe(domain.record.says)
    expect(await check(who, again)).toMatchObject({ state: 'waiting', lastAnswer: 'other_text' })
  })
})

describe('a record goes', () => {
  test('owners are told once, it counts for seven days more, and then no longer', async () => {
    const who = await owner()
    const domain = await verified(who, 'lost.example')
    dns.remove(domain.record.at)
    world.clock.advance(dayMs)
    await runJob()
    expect((await list(who))[0]).toMatchObject({ state: 'lost', day: 1 })
    expect(await holderOf('a@lost.example')).toBe(who.organisationId)
    world.clock.advance(3 * dayMs)
    await runJob()
    expect((await list(who))[0]).toMatchObject({ state: 'lost', day: 4 })
    expect(await mailsTo(who.organisationId)).toEqual([{ subject: 'The record of lost.example has gone' }])
    world.clock.advance(4 * dayMs)
    await runJob()
    expect((await list(who))[0]).toMatchObject({ state: 'expired' })
    expect(await holderOf('a@lost.example')).toBeUndefined()
    expect(await mailsTo(who.organisationId)).toHaveLength(2)
    expect(await actions(who.organisationId)).toEqual(expect.arrayContaining(['domain.lost', 'domain.unverified']))
  })

  test('found again it is verified as if nothing had been', async () => {
    const who = await owner()
    const domain = await verified(who, 'returns.example')
    dns.remove(domain.record.at)
    world.clock.advance(dayMs)
    await runJob()
    publish(domain)
    expect(await check(who, domain)).toMatchObject({ state: 'verified', verifiedAt: domain.verifiedAt })
  })

  test('servers that do not answer take nothing away for two days', async () => {
    const who = await owner()
    const domain = await verified(who, 'quiet.example')
    dns.set(domain.record.at, { fails: 'servfail' })
    world.clock.advance(dayMs)
    await runJob()
    expect((await list(who))[0]).toMatchObject({ state: 'verified', lastAnswer: 'failed' })
    world.clock.advance(dayMs)
    await runJob()
    expect((await list(who))[0]).toMatchObject({ state: 'lost' })
  })
})

describe('two organisations want one domain', () => {
  test('at once: exactly one has it, the other has a dispute', async () => {
    const rivals = [await owner(), await owner()]
    const claims = await Promise.all(rivals.map((who) => add(who, 'race.example')))
    const [first, ...others] = claims
    if (first) publish(first, others)
    const after = await Promise.all(rivals.map((who, i) => check(who, claims[i] ?? { id: '' })))
    expect(after.map(({ state }) => state).sort()).toEqual(['disputed', 'verified'])
    const winner = rivals[after.findIndex(({ state }) => state === 'verified')]
    expect(await holderOf('a@race.example')).toBe(winner?.organisationId)
    expect(
      await world.rows("SELECT count(*)::int AS n FROM domains WHERE name = 'race.example' AND state = 'verified'"),
    ).toEqual([{ n: 1 }])
  })

  test('the holder is told, keeps it, and never hears whose claim it is', async () => {
    const { holder, claimant, claim } = await dispute('holder.example')
    expect(claim.state).toBe('disputed')
    expect(await holderOf('a@holder.example')).toBe(holder.organisationId)
    expect(await mailsTo(holder.organisationId)).toEqual([
      { subject: 'Another organisation has proved holder.example too' },
    ])
    expect(await mailsTo(claimant.organisationId)).toEqual([])
    const told = await world.rows(
      `SELECT e.body, p.part FROM audit_events e LEFT JOIN audit_personal p USING (organisation_id, seq)
        WHERE e.organisation_id = $1 AND e.action = 'domain.disputed'`,
      [holder.organisationId],
    )
    expect(told.map(({ part }) => part)).toEqual(['target.0'])
    expect(JSON.parse(String(told[0]?.['body']))).toMatchObject({ actor: { type: 'system', via: 'job' } })
    await check(claimant, claim)
    expect(await mailsTo(holder.organisationId)).toHaveLength(1)
  })

  test('a name below one that another organisation covers is a dispute too', async () => {
    const [big, small] = [await owner(), await owner()]
    await verified(big, 'umbrella.example', { coversSubdomains: true })
    expect((await verified(small, 'ships.umbrella.example')).state).toBe('disputed')
  })

  test('the support team gives it to the one', async () => {
    const { holder, claimant } = await dispute('moved.example')
    const [open] = (await disputes()).filter(({ domain }) => domain === 'moved.example')
    expect(open).toMatchObject({
      claimant: { organisationId: claimant.organisationId },
      holder: { organisationId: holder.organisationId, domain: 'moved.example' },
    })
    expect((await decide(open?.id ?? '', 'moved')).statusCode).toBe(204)
    expect(await holderOf('a@moved.example')).toBe(claimant.organisationId)
    expect((await list(holder))[0]).toMatchObject({ state: 'expired', isKeptByAnother: true })
    expect((await decide(open?.id ?? '', 'moved')).statusCode).toBe(404)
    for (const each of [holder, claimant])
      expect(await actions(each.organisationId)).toContain('domain.dispute_resolved')
  })

  test('and says whether what was asked from it goes along; unless it does, it stays', async () => {
    for (const withCases of [true, undefined]) {
      const name = `with-${withCases ?? 'out'}.example`
      const { holder, claimant } = await dispute(name)
      const [open] = (await disputes()).filter(({ domain }) => domain === name)
      await call(await team(), 'POST', `/domain-disputes/${open?.id}/decision`, { decision: 'moved', withCases })
      const said = await world.rows(
        `SELECT payload -> 'withCases' AS along FROM events WHERE name = 'domain.verified' AND payload ->> 'name' = $1
          ORDER BY id DESC LIMIT 1`,
        [name],
      )
      expect(said).toEqual([{ along: withCases ?? null }])
      for (const each of [holder, claimant]) {
        const [told] = await world.rows(
          `SELECT body FROM audit_events WHERE organisation_id = $1 AND action = 'domain.dispute_resolved'`,
          [each.organisationId],
        )
        expect(JSON.parse(String(told?.['body']))).toMatchObject({ metadata: { with_cases: withCases ?? false } })
      }
    }
  })

  test('or leaves it with the other', async () => {
    const { holder, claimant } = await dispute('kept.example')
    const [open] = (await disputes()).filter(({ domain }) => domain === 'kept.example')
    await decide(open?.id ?? '', 'kept')
    expect(await holderOf('a@kept.example')).toBe(holder.organisationId)
    expect((await list(claimant))[0]).toMatchObject({ state: 'expired', isKeptByAnother: true })
    expect((await list(holder))[0]).toMatchObject({ state: 'verified', isKeptByAnother: false })
  })

  test('who no longer holds it stands in nobody’s way', async () => {
    const { holder, claimant, claim } = await dispute('given-up.example')
    const [own] = await list(holder)
    await call(holder, 'DELETE', `/console/domains/${own?.id}`)
    expect(await check(claimant, claim)).toMatchObject({ state: 'verified' })
    expect((await disputes()).filter(({ domain }) => domain === 'given-up.example')).toEqual([])
  })

  test('nobody of an organisation decides, and no agent who does not look after organisations', async () => {
    const { holder } = await dispute('undecided.example')
    const [open] = (await disputes()).filter(({ domain }) => domain === 'undecided.example')
    expect((await call(holder, 'GET', '/domain-disputes')).statusCode).toBe(401)
    const agent = await world.member(await world.supportTeam(), 'agent')
    expect((await call(agent, 'GET', '/domain-disputes')).statusCode).toBe(403)
    expect((await call(agent, 'POST', `/domain-disputes/${open?.id}/decision`, { decision: 'moved' })).statusCode).toBe(
      403,
    )
  })

  async function dispute(name: string) {
    const [holder, claimant] = [await owner(), await owner()]
    const held = await verified(holder, name)
    const claimed = await add(claimant, name)
    publish(held, [claimed])
    return { holder, claimant, claim: await check(claimant, claimed) }
  }

  const team = async () => world.member(await world.supportTeam(), 'owner')
  const disputes = async () => (await call(await team(), 'GET', '/domain-disputes')).json<DomainDisputeList>().disputes
  const decide = async (id: string, decision: 'moved' | 'kept') =>
    call(await team(), 'POST', `/domain-disputes/${id}/decision`, { decision })
})

describe('a domain is taken away', () => {
  test('after saying how many have addresses there; they stay', async () => {
    const who = await owner()
    const domain = await verified(who, 'company.example')
    const preview = (await call(who, 'GET', `/console/domains/${domain.id}/removal`)).json<{ members: number }>()
    expect(preview).toMatchObject({ members: 1, withoutSso: 0 })
    expect((await call(who, 'DELETE', `/console/domains/${domain.id}`)).statusCode).toBe(204)
    expect(await holderOf('a@company.example')).toBeUndefined()
    expect((await call(who, 'GET', '/console/domains')).statusCode).toBe(200)
    expect(await actions(who.organisationId)).toContain('domain.removed')
  })
})

test('a look that ends after the offer was begun again changes nothing', async () => {
  const who = await owner()
  const domain = await add(who, 'late-look.example')
  const token = domain.record.says.slice('clew='.length)
  await world.rows('UPDATE domains SET token = $2 WHERE id = $1', [
    domain.id,
    createHash('md5').update(token).digest('hex'),
  ])
  publish(domain)
  expect(await check(who, domain)).toMatchObject({ state: 'waiting', lastAnswer: 'other_text' })
})
