import { setTimeout as pause } from 'node:timers/promises'
import { createHttp, type Http } from '@clew/client/http'
import type { ContactId } from '@clew/contract/primitives'
import type { AgentSession, ContactSession, Invitation } from '@clew/contract/sessions'
import type { Chance } from './chance.ts'

export type Contact = { name: string; id: ContactId; http: Http }
export type Agent = { name: string; id: string; http: Http }

const password = 'a password for the fault runs'

/** The owner by the one-time link, and further agents by invitation, as a team begins. */
export async function makeTeam(baseUrl: string, setupToken: string, size: number): Promise<Agent[]> {
  const owner = await join(baseUrl, 'agent-1', {
    path: '/setup',
    body: { token: setupToken, email: 'agent-1@team.example' },
  })
  const team = [owner]
  for (let i = 2; i <= size; i += 1) {
    const { link } = await invite(owner, `agent-${i}@team.example`)
    const token = link.split('#token=')[1] ?? ''
    team.push(await join(baseUrl, `agent-${i}`, { path: '/invitations/accept', body: { token } }))
  }
  return team
}

export const invite = (owner: Agent, email: string): Promise<Invitation> =>
  owner.http.request<Invitation>('POST', '/invitations', { body: { email, role: 'agent', locale: 'en' } })

async function join(baseUrl: string, name: string, how: { path: string; body: object }): Promise<Agent> {
  const open = createHttp({ baseUrl: `${baseUrl}/api/v1`, credentials: 'omit', locale: 'en' })
  const response = await open.open('POST', how.path, { body: { ...how.body, name, password } })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { member } = (await response.json()) as AgentSession
  return { name, id: member.id, http: signedIn(baseUrl, { cookie }) }
}

export async function makeContact(baseUrl: string, name: string): Promise<Contact> {
  const open = createHttp({ baseUrl: `${baseUrl}/api/v1`, credentials: 'omit', locale: 'en' })
  const { token, contactId } = await open.request<ContactSession>('POST', '/widget/sessions', { body: {} })
  return { name, id: contactId, http: signedIn(baseUrl, { authorization: `Bearer ${token}` }) }
}

const signedIn = (baseUrl: string, headers: Record<string, string>): Http =>
  createHttp({
    baseUrl: `${baseUrl}/api/v1`,
    credentials: 'omit',
    headers: () => headers,
    locale: 'en',
    timeoutMs: 5_000,
  })

/** What people write: short and long, answerable and not, in more alphabets than one. */
export function words(chance: Chance, mark: string): string {
  const said = chance.pick([
    'My upload fails with error 413 when the file is large',
    'Where do I find the request id?',
    'Το ανέβασμα αποτυγχάνει, τι να κάνω;',
    'still the same 🙁\n\nnothing changed since',
    'ok',
    'x'.repeat(chance.between(200, 4000)),
  ])
  return `${said} (${mark})`
}

/** A moment between two things that someone does. */
export const think = (chance: Chance, longestMs: number): Promise<void> => pause(chance.between(0, longestMs))
