import { Secret, TOTP } from 'otpauth'
import { hashPassword } from '../domains/sign-in/passwords.ts'
import { setPasswordHash } from '../domains/sign-in/repository.ts'
import { mailTexts } from './mail-texts.ts'
import type { World } from './world.ts'

type Answer = Awaited<ReturnType<World['app']['inject']>>

/** A browser: keeps its cookies from one request to the next. */
export function browser(world: World, from: { address?: string; cookies?: Record<string, string> } = {}) {
  const jar = new Map(Object.entries(from.cookies ?? {}))
  const send = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
  ): Promise<Answer> => {
    const answer = await world.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        host: 'localhost:3000',
        'user-agent': 'Test browser',
        ...(jar.size === 0 ? {} : { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
      },
      ...(from.address === undefined ? {} : { remoteAddress: from.address }),
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value, expires } of answer.cookies) {
      if (value === '' || (expires !== undefined && expires.getTime() < 1000)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  return {
    jar,
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, payload: object = {}) => send('POST', path, payload),
    signIn: ({ email, password: given }: { email: string; password: string }) =>
      send('POST', '/session', { email, password: given }),
    sessionToken: () => jar.get('__Host-clew_session'),
  }
}

export type Browser = ReturnType<typeof browser>

export const codeOf = (answer: Answer): string => answer.json<{ code: string }>().code

/** What an authenticator app shows at a moment of the world's clock. */
export const appCode = (secret: string, world: World): string =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({
    timestamp: world.clock.now().getTime(),
  })

/** The link in the newest mail to somebody. */
export async function mailedToken(world: World, email: string, page: string): Promise<string | undefined> {
  for (const text of await mailTexts(world, email)) {
    const found = new RegExp(`/app/sign-in/${page}#token=([\\w-]+)`).exec(text)
    if (found?.[1] !== undefined) return found[1]
  }
  return undefined
}

export const password = 'granite meadow whistle'

let hashed: Promise<string> | undefined

/** Somebody of an organisation who signs in with the password above. */
export async function memberWithPassword(
  world: World,
  organisationId: Awaited<ReturnType<World['organisation']>>,
  more: { role?: Parameters<World['member']>[1]; email?: string } = {},
) {
  const member = await world.member(organisationId, more.role ?? 'owner')
  hashed ??= hashPassword(password)
  const hash = await hashed
  await world.clew.newCtx('test').transaction((tx) => setPasswordHash(tx, member.id, hash))
  const email = more.email ?? member.email
  await world.rows('UPDATE members SET email = $1 WHERE id = $2', [email, member.id])
  await world.rows('DELETE FROM agent_sessions WHERE member_id = $1', [member.id])
  return { ...member, email, password }
}

/** Sets rules of an organisation, as its console does. */
export async function setPolicy(
  world: World,
  organisationId: string,
  rules: Readonly<Record<string, object>>,
): Promise<void> {
  for (const [name, value] of Object.entries(rules))
    await world.rows(
      `INSERT INTO security_policies (organisation_id, name, version, value, updated_at) VALUES ($1, $2, 1, $3, $4)
         ON CONFLICT (organisation_id, name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
      [organisationId, name, JSON.stringify(value), world.clock.now()],
    )
}

/** What the audit log of an organisation says was done, the oldest first. */
export async function auditedIn(world: World, organisationId: string): Promise<string[]> {
  const rows = await world.rows(`SELECT action, outcome FROM audit_events WHERE organisation_id = $1 ORDER BY seq`, [
    organisationId,
  ])
  return rows.map(({ action, outcome }) =>
    outcome === 'success' ? String(action) : `${String(action)}: ${String(outcome)}`,
  )
}

/** Sets up an authenticator app for whoever is signed in; answers with its secret and the recovery codes. */
export async function setUpApp(world: World, one: Browser): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = (await one.post('/console/own-sign-in/app')).json<{ secret: string }>()
  const confirmed = await one.post('/console/own-sign-in/app/confirmation', { code: appCode(secret, world) })
  return { secret, recoveryCodes: confirmed.json<{ recoveryCodes?: string[] }>().recoveryCodes ?? [] }
}
