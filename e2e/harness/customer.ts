import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import type { Locale } from '@clew/i18n'
import type { BrowserContext } from 'playwright-core'
import type { DnsServer } from '../../apps/server/src/testkit/dns-server.ts'
import { type Clew, owner } from './clew.ts'
import type { Stage, Visit } from './stage.ts'

export const browserLocale = { en: 'en-GB', el: 'el-GR' } as const

export type Person = { name: string; email: string; password: string }

/** An organisation of a customer as its owner finds it on the first day. */
export type Customer = { clew: Clew; name: string; slug: string; domain: string; owner: Person }

/** A small customer for each language, so that one Clew serves the walks in both. */
export const customers: Readonly<Record<Locale, { name: string; slug: string; ownerName: string }>> = {
  en: { name: 'Halcyon Shipping', slug: 'halcyon', ownerName: 'Petra Dimou' },
  el: { name: 'Μελτέμι Ναυτιλιακή', slug: 'meltemi', ownerName: 'Λήδα Στάθη' },
}

const password = 'granite meadow whistle'

/** Makes requests in the name of whoever is signed in. */
export type Api = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, data?: object) => Promise<unknown>

export const apiOf =
  ({ request }: BrowserContext, { url }: Clew): Api =>
  async (method, path, data) => {
    const answer = await request[method](`${url}/api/v1${path}`, data === undefined ? {} : { data })
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return answer.status() === 204 ? undefined : answer.json()
  }

export type AsWhom = { clew: Clew; locale: Locale; person?: Pick<Person, 'email' | 'password'> }

/** Somebody with a browser of their own who is signed in already. */
export async function visitAs(stage: Stage, { clew, locale, person = owner }: AsWhom): Promise<Visit & { api: Api }> {
  const visit = await stage.visit({ viewport: { width: 1280, height: 800 }, locale: browserLocale[locale] })
  const api = apiOf(visit.context, clew)
  await api('post', '/session', { email: person.email, password: person.password })
  return { ...visit, api }
}

/** The team opens an organisation, and its first owner joins it. */
export async function openCustomer(
  stage: Stage,
  { clew, locale, team }: { clew: Clew; locale: Locale; team: Api },
): Promise<Customer & Visit & { api: Api }> {
  const { name, slug, ownerName } = customers[locale]
  const domain = `${slug}.example`
  const person: Person = { name: ownerName, email: `owner@${domain}`, password }
  const opening = { name, slug, seats: 5, ownerEmail: person.email, locale }
  const { ownerLink } = (await team('post', '/organisations', opening)) as { ownerLink: string }
  const visit = await stage.visit({ viewport: { width: 1280, height: 800 }, locale: browserLocale[locale] })
  const api = apiOf(visit.context, clew)
  await join(api, ownerLink, person)
  return { ...visit, api, clew, name, slug, domain, owner: person }
}

/** Takes an invitation up without its page. */
export const join = (api: Api, link: string, { name, password: secret }: Omit<Person, 'email'>): Promise<unknown> =>
  api('post', '/invitations/accept', {
    token: new URL(link).hash.slice('#token='.length),
    name,
    password: secret,
  })

/** Invites a colleague, who joins at once. */
export async function colleague(
  stage: Stage,
  { clew, locale, api, person, role }: { clew: Clew; locale: Locale; api: Api; person: Person; role: string },
): Promise<Visit & { api: Api }> {
  const asked = { source: 'paste', text: person.email, role: { role }, locale }
  const { rows } = (await api('post', '/console/invitations', asked)) as { rows: { link: string }[] }
  const visit = await stage.visit({ viewport: { width: 1280, height: 800 }, locale: browserLocale[locale] })
  const own = apiOf(visit.context, clew)
  await join(own, rows[0]?.link ?? assert.fail('no link'), person)
  return { ...visit, api: own }
}

/** Proves to the name server that a domain is the organisation's. */
export async function proveDomain(api: Api, domain: string, dns: DnsServer): Promise<void> {
  const added = (await api('post', '/console/domains', { name: domain })) as { id: string; record: { says: string } }
  dns.zone(domain)
  dns.set(`_clew-challenge.${domain}`, { TXT: [added.record.says] })
  await api('post', `/console/domains/${added.id}/check`)
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** What the page of a product signs of the person who is there (JWT, HS256). */
export function signedIdentity(
  secret: string,
  claims: { aud: string; sub: string; email: string; plan?: string },
): string {
  const exp = Math.floor(Date.now() / 1000) + 600
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp, jti: randomUUID(), ...claims })}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

/**
 * `signed`: for whom their product signs, with which key; without it nobody knows who asks. `forPerson`: the assistant
 * has no part in it.
 */
export type Asking = {
  clew: Clew
  body: string
  locale: Locale
  signed?: { secret: string; email: string }
  forPerson?: boolean
}
export type Asked = { id: string; number: number }

/** Somebody asks a question, as the bubble does. */
export async function askQuestion({ clew, body, locale, signed, forPerson = false }: Asking): Promise<Asked> {
  const post = async (where: string, data: object, token?: string) => {
    const answer = await fetch(`${clew.url}/api/v1/widget/${where}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(data),
    })
    const said = await answer.text()
    assert.ok(answer.ok, `${where}: ${answer.status} ${said}`)
    return JSON.parse(said) as { token: string; conversation: Asked }
  }
  const { token } =
    signed === undefined
      ? await post('sessions', {})
      : await post('identity', {
          identity: signedIdentity(signed.secret, { aud: clew.url, sub: signed.email, email: signed.email }),
        })
  const ids = { clientConversationId: randomUUID(), clientMessageId: randomUUID() }
  const asked = { ...ids, fileIds: [], locale, timeZone: 'Europe/Athens', body }
  const { conversation } = await post('conversations', asked, token)
  if (forPerson) await post(`conversations/${conversation.id}/handover`, {}, token)
  return conversation
}

/** The key by which a product signs, made once for an installation. */
export async function identitySecret(team: Api): Promise<string> {
  const { secret } = (await team('post', '/identity-keys', { algorithm: 'HS256', name: 'Product' })) as {
    secret: string
  }
  return secret
}
