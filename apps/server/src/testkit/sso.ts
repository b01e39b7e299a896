import { inflateRawSync } from 'node:zlib'
import type { OrganisationId } from '@clew/contract/primitives'
import type { SsoConnection, SsoOptions } from '@clew/contract/single-sign-on'
import { type IssueOptions, samlIdp } from './saml-idp/idp.ts'
import { createWorld, type World } from './world.ts'

type Answer = Awaited<ReturnType<World['app']['inject']>>

export const ssoBase = 'https://clew.example'

/** A world whose connections lead to identity providers of the test, on this very machine. */
export const createSsoWorld = (ssoHosts: string[] = []): Promise<World> =>
  createWorld({ config: { baseUrl: ssoBase, ssoHosts } })

/** A browser that keeps its cookies, and does not follow where it is sent. */
export class SsoBrowser {
  readonly #world: Pick<World, 'app' | 'clock'>
  readonly #cookies = new Map<string, string>()

  constructor(world: Pick<World, 'app' | 'clock'>) {
    this.#world = world
  }

  take(cookie: string): void {
    const [name = '', value = ''] = cookie.split('=')
    this.#cookies.set(name, value)
  }

  get(url: string): Promise<Answer> {
    return this.#ask({ method: 'GET', url })
  }

  /** As a page of the identity provider sends it: from another site. */
  post(url: string, values: Record<string, string>): Promise<Answer> {
    return this.#ask({
      method: 'POST',
      url,
      payload: new URLSearchParams(values).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://idp.example' },
    })
  }

  /** As a page of ours asks. */
  postJson(url: string, body: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json', origin: 'http://localhost' }
    return this.#ask({ method: 'POST', url, payload: JSON.stringify(body), headers })
  }

  get hasSession(): boolean {
    return this.#cookies.has('__Host-clew_session')
  }

  async me(): Promise<{ status: number; email: string | undefined }> {
    const answer = await this.#ask({ method: 'GET', url: '/api/v1/session' })
    return {
      status: answer.statusCode,
      email: answer.statusCode === 200 ? answer.json<{ member: { email: string } }>().member.email : undefined,
    }
  }

  async #ask(options: {
    method: 'GET' | 'POST'
    url: string
    payload?: string
    headers?: Record<string, string>
  }): Promise<Answer> {
    const { pathname, search } = new URL(options.url, ssoBase)
    // So that what happened later also looks so.
    this.#world.clock.advance(1000)
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await this.#world.app.inject({
      ...options,
      url: `${pathname}${search}`,
      headers: { host: 'localhost', cookie, ...options.headers },
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return answer
  }
}

/** A customer's organisation that has proved a domain, with an owner at its console. */
export async function createCompany(world: World, domain: string) {
  const slug = domain.split('.')[0] ?? domain
  const organisationId = await world.organisation(slug)
  await proveDomain(world, organisationId, domain)
  const owner = await world.member(organisationId, 'owner', `Owner of ${slug}`)
  await setAddress(world, owner.id, `owner@${domain}`)
  return { organisationId, domain, owner, api: consoleOf(world, owner.headers) }
}

export type Company = Awaited<ReturnType<typeof createCompany>>

export async function proveDomain(world: World, organisationId: OrganisationId, name: string): Promise<void> {
  await world.rows(
    `INSERT INTO domains (id, organisation_id, name, token, state, created_at, offer_ends_at, verified_at, checked_at)
     VALUES (gen_random_uuid(), $1, $2, 'token', 'verified', $3, $3, $3, $3)`,
    [organisationId, name, world.clock.now()],
  )
}

export const setAddress = (world: World, memberId: string, email: string): Promise<unknown> =>
  world.rows('UPDATE members SET email = $2 WHERE id = $1', [memberId, email])

/** The console's routes, as one member. */
export const consoleOf =
  (world: World, headers: Record<string, string>) =>
  async <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Told<T>> => {
    const answer = await world.app.inject({
      method,
      url: `/api/v1/console/sso${path}`,
      headers: { host: 'localhost', origin: 'http://localhost', ...headers },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? (undefined as T) : answer.json<T>() }
  }

export type Told<T> = { status: number; body: T }

/** A connection by SAML to the provider of the tests. On, unless said otherwise. */
export async function connectSaml(
  world: World,
  { api }: Pick<Company, 'api'>,
  changes: { name?: string; options?: Partial<SsoOptions>; domains?: string[]; isOn?: boolean } = {},
): Promise<SsoConnection> {
  const made = await api<SsoConnection>('POST', '/connections', {
    kind: 'saml',
    provider: 'entra',
    name: changes.name ?? 'Entra ID',
  })
  const { connection, keys } = samlIdp()
  const set = await api<SsoConnection>('PATCH', `/connections/${made.body.id}`, {
    version: made.body.version,
    options: { ...made.body.options, ...changes.options },
    ...(changes.domains === undefined ? {} : { domains: changes.domains }),
    setUp: {
      idpEntityId: connection.identityProviderId,
      idpSsoUrl: 'https://idp.example/sso',
      certificates: [keys.current.certificate],
    },
  })
  if (changes.isOn === false) return set.body
  return (await api<SsoConnection>('PUT', `/connections/${made.body.id}/state`, { state: 'active' })).body
}

/** What the provider was asked: the id that its answer has to name. */
export function requestIn(location: string): string {
  const request = new URL(location).searchParams.get('SAMLRequest') ?? ''
  const xml = inflateRawSync(Buffer.from(request, 'base64')).toString('utf8')
  return /ID="([^"]+)"/.exec(xml)?.[1] ?? ''
}

let assertions = 0

/** A response of the provider for a connection, as its form field. */
export function samlResponse(
  world: Pick<World, 'clock'>,
  { own }: Pick<SsoConnection, 'own'>,
  { email, requestId, ...options }: { email: string; requestId: string | undefined } & IssueOptions,
): string {
  assertions += 1
  const now = world.clock.now()
  const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString()
  const xml = samlIdp().issue({
    ...options,
    facts: {
      audience: own.entityId,
      recipient: own.acsUrl,
      destination: own.acsUrl,
      inResponseTo: requestId,
      responseInResponseTo: requestId,
      nameId: email,
      attributes: { email: [email], name: ['Dora Pappa'] },
      assertionId: `_assertion-${assertions}`,
      responseId: `_response-${assertions}`,
      issuedAt: at(0),
      notBefore: at(-1),
      notOnOrAfter: at(5),
      confirmedUntil: at(5),
      sessionUntil: at(600),
      ...options.facts,
    },
  })
  return Buffer.from(xml).toString('base64')
}

/** A whole sign-in by SAML: sent away, vouched for, and back. Answers with where it ended. */
export async function signInBySaml(
  world: World,
  connection: SsoConnection,
  {
    email,
    browser = new SsoBrowser(world),
    start = '',
    ...options
  }: { email: string; browser?: SsoBrowser; start?: string } & IssueOptions,
): Promise<{ browser: SsoBrowser; location: string; reference: string | undefined; answer: Answer }> {
  const sent = await browser.get(`${connection.own.startUrl}${start}`)
  const requestId = requestIn(sent.headers.location ?? '')
  const SAMLResponse = samlResponse(world, connection, { email, requestId, ...options })
  const answer = await browser.post(connection.own.acsUrl, { SAMLResponse })
  const location = answer.headers.location ?? ''
  return { browser, answer, location, reference: /reference=(SSO-[\w-]+)/.exec(location)?.[1] }
}
