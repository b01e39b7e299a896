import * as client from 'openid-client'
import { type Asserted, type RawClaims, readMapped } from './model.claims.ts'
import type { ConnectionRow } from './model.ts'
import { refusalOf } from './oidc-refusals.ts'
import { askOutside, type OutwardRules } from './outward.ts'

/** A connection with what it takes to ask its provider. */
export type OidcConnection = Pick<ConnectionRow, 'id' | 'version' | 'options'> & {
  issuer: string
  clientId: string
  secret: string | undefined
  redirectUri: string
}

export type OidcStart = { url: string; nonce: string; verifier: string }

export type OidcOutcome =
  | { ok: true; asserted: Asserted; checks: string[] }
  | { ok: false; reason: string; observed: Record<string, string>; checks: string[] }

const scope = 'openid email profile'
/** The library asks in this order and stops at the first that does not fit. */
const asked = ['state', 'code-and-proof', 'issuer', 'audience', 'time', 'nonce', 'signature']
const kept = new Map<string, { config: client.Configuration; until: number }>()
const keptMs = 10 * 60_000
const mostKept = 500

/** Where the browser is sent, and what its answer will have to fit. */
export async function startOidc(
  connection: OidcConnection,
  { state, loginHint, now, rules }: { state: string; loginHint: string | undefined; now: Date; rules: OutwardRules },
): Promise<OidcStart> {
  const config = await configOf(connection, { now, rules })
  const nonce = client.randomNonce()
  const verifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: connection.redirectUri,
    scope,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  })
  return { url: url.href, nonce, verifier }
}

/** Asks the provider once, so that what was typed is known to be one. Throws what `refusalOf` can read. */
export async function discoverOidc(connection: OidcConnection, options: { now: Date; rules: OutwardRules }) {
  kept.delete(keyOf(connection))
  return (await configOf(connection, options)).serverMetadata()
}

export type OidcAnswer = {
  /** The address the browser came back to, as we know it. */
  callback: URL
  state: string
  nonce: string
  verifier: string
  now: Date
  rules: OutwardRules
}

/** Takes the code for tokens and reads from them whom the provider vouches for. */
export async function finishOidc(connection: OidcConnection, answer: OidcAnswer): Promise<OidcOutcome> {
  const checks: string[] = []
  try {
    const config = await configOf(connection, answer)
    checks.push('provider-known')
    const tokens = await client.authorizationCodeGrant(config, answer.callback, {
      expectedState: answer.state,
      expectedNonce: answer.nonce,
      pkceCodeVerifier: answer.verifier,
      idTokenExpected: true,
    })
    checks.push(...asked)
    const claims = { ...tokens.claims() }
    const more = connection.options.readUserinfo ? await userinfo(config, tokens, String(claims['sub'])) : undefined
    if (more) checks.push('userinfo')
    return { ok: true, asserted: assertedBy(claims, more, connection.options.mapping), checks }
  } catch (error) {
    const { check, ...refusal } = refusalOf(error)
    const asked = ['state', 'code-and-proof', 'signature', 'issuer', 'audience', 'nonce', 'time']
    // The library asks them in this order and stops at the first that does not fit.
    const passed =
      checks.includes('provider-known') && asked.includes(check) ? asked.slice(0, asked.indexOf(check)) : []
    return { ok: false, ...refusal, checks: [...checks, ...passed, check] }
  }
}

async function userinfo(
  config: client.Configuration,
  tokens: { access_token: string },
  subject: string,
): Promise<Record<string, unknown> | undefined> {
  if (config.serverMetadata().userinfo_endpoint === undefined) return undefined
  return { ...(await client.fetchUserInfo(config, tokens.access_token, subject)) }
}

type Claims = Readonly<Record<string, unknown>>

function assertedBy(token: Claims, more: Claims | undefined, mapping: ConnectionRow['options']['mapping']): Asserted {
  // An address and the word that it was verified are believed only from one and the same place.
  const place = token['email'] === undefined && more !== undefined ? more : token
  const claims = rawOf({ ...more, ...token, email: place['email'], email_verified: place['email_verified'] })
  const { email, name, groups } = readMapped(claims, mapping)
  const isMapped = mapping.email !== '' && mapping.email.toLowerCase() !== 'email'
  return {
    subject: String(token['sub']),
    isStableSubject: true,
    email,
    isEmailVerified: !isMapped && (isYes(place['email_verified']) || isYes(place['xms_edov'])),
    name,
    groups,
    claims,
  }
}

/** Some send booleans as text; Entra ID calls it `xms_edov` and sends a number. */
const isYes = (value: unknown): boolean => value === true || value === 'true' || value === 1 || value === '1'

const hidden = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'jti', 'sid'])

function rawOf(claims: Claims): RawClaims {
  const entries = Object.entries(claims)
    .filter(([name, value]) => !hidden.has(name) && value !== undefined && value !== null)
    .map(([name, value]): [string, string[]] => [name, (Array.isArray(value) ? value : [value]).map(textOf)])
  return Object.fromEntries(entries)
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

const keyOf = ({ id, version }: OidcConnection): string => `${id} ${version}`

/** What the provider says of itself, asked again after a while. A changed connection is another one. */
async function configOf(
  connection: OidcConnection,
  { now, rules }: { now: Date; rules: OutwardRules },
): Promise<client.Configuration> {
  const key = keyOf(connection)
  const known = kept.get(key)
  if (known && known.until > now.getTime()) return known.config
  const config = await discover(connection, rules)
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, { config, until: now.getTime() + keptMs })
  return config
}

async function discover(
  { issuer, clientId, secret }: OidcConnection,
  rules: OutwardRules,
): Promise<client.Configuration> {
  const isPlain = new URL(issuer).protocol === 'http:'
  return client.discovery(new URL(issuer), clientId, {}, authentication(secret), {
    [client.customFetch]: fetchBy(rules),
    timeout: 10,
    execute: [
      // Without this the signature of an ID token that came from the token endpoint would not be looked at.
      client.enableNonRepudiationChecks,
      // `mayCallOutside` lets http through only where the operator allows the host.
      ...(isPlain ? [client.allowInsecureRequests] : []),
    ],
  })
}

function authentication(secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None()
  const [post, basic] = [client.ClientSecretPost(secret), client.ClientSecretBasic(secret)]
  return (server, ...rest) =>
    server.token_endpoint_auth_methods_supported?.includes('client_secret_post')
      ? post(server, ...rest)
      : basic(server, ...rest)
}

const fetchBy =
  (rules: OutwardRules): client.CustomFetch =>
  async (url, { method, headers, body }) => {
    const answer = await askOutside(
      { method, url, headers, ...(body === undefined || body === null ? {} : { body: String(body) }) },
      rules,
    )
    const type = answer.mediaType === '' ? {} : { 'content-type': answer.mediaType }
    const isEmpty = answer.status === 204 || answer.status === 205 || answer.status === 304
    return new Response(isEmpty ? null : answer.body, { status: answer.status, headers: type })
  }
