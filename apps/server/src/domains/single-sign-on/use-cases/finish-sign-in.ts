import type { SsoCheck } from '@clew/contract/single-sign-on'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, sha256 } from '../../../platform/ids.ts'
import { passed, refusedAt } from '../attempts.ts'
import { type Asserted } from '../model.claims.ts'
import { type ConnectionRow, ownPath, ownValues, verifierPlace } from '../model.ts'
import { finishOidc, type OidcOutcome } from '../oidc.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeProtocol } from '../policy.ts'
import { findConnection } from '../repository.connections.ts'
import { keepAssertion, listOpenRequests, type RequestRow, takeRequest } from '../repository.requests.ts'
import type { SamlOutcome } from '../saml/examine-response.ts'
import { assertedBySaml, samlConnection } from '../saml-connection.ts'
import { type Coming, type Landing, refuse, settleSignIn } from '../settle-sign-in.ts'
import { oidcConnection } from './start-sign-in.ts'

/** A browser comes back with a form of the identity provider. */
export type SamlArrival = {
  connectionId: string
  /** The token that this browser keeps; none has never been sent anywhere by us. */
  browser: string | undefined
  samlResponse: string
  relayState: string | undefined
}

export async function finishBySaml(ctx: Ctx, arrival: SamlArrival, parts: SsoParts): Promise<Landing> {
  authorizeProtocol(ctx.actor)
  const arrive = (tx: TxCtx, refusal?: AppError): Promise<Landing> => arriveBySaml(tx, arrival, { parts, refusal })
  return withoutThrowing(ctx, arrive)
}

/** What the sign-in room refuses is an end like any other: it is written down, and what was used up stays used up. */
async function withoutThrowing(
  ctx: Ctx,
  arrive: (tx: TxCtx, refusal?: AppError) => Promise<Landing>,
): Promise<Landing> {
  try {
    return await ctx.transaction((tx) => arrive(tx))
  } catch (error) {
    // Of two first sign-ins at once the other one made the member.
    if (error instanceof AppError && error.code === 'invitation.address_taken')
      return ctx.transaction((tx) => arrive(tx))
    if (!(error instanceof AppError) || !/^(?:session|seat|policy|invitation|role)\./.test(error.code)) throw error
    return ctx.transaction((tx) => arrive(tx, error))
  }
}

type How = { parts: SsoParts; refusal: AppError | undefined }

async function arriveBySaml(tx: TxCtx, arrival: SamlArrival, { parts, refusal }: How): Promise<Landing> {
  const connection = await findConnection(tx, arrival.connectionId)
  if (connection?.kind !== 'saml') throw new AppError('sso.connection_not_found')
  const browserHash = hashToken(arrival.browser ?? '')
  const holder = { connectionId: connection.id, browserHash }
  const open = arrival.browser === undefined ? [] : await listOpenRequests(tx, holder)
  // What reads XML is read with the first response, not at the start.
  const { examineResponse } = await import('../saml/examine-response.ts')
  const outcome = examineResponse({
    samlResponse: arrival.samlResponse,
    connection: samlConnection(connection, { seal: parts.seal, baseUrl: parts.baseUrl() }),
    pendingRequestIds: open.map(({ id }) => id),
    now: tx.clock.now(),
  })
  const checks: SsoCheck[] = outcome.steps.map(({ check, outcome: how }) => ({ check, outcome: how }))
  const next = ownPath(arrival.relayState)
  if (!outcome.ok) return refuseResponse(tx, { connection, request: open[0], next }, { outcome, checks })

  const { claims } = outcome
  const request =
    claims.inResponseTo === undefined ? undefined : await takeRequest(tx, { ...holder, id: claims.inResponseTo })
  const coming: Coming = { connection, request, next }
  const asserted = assertedBySaml(claims, connection.options.mapping)
  if (claims.inResponseTo !== undefined && request === undefined)
    return refuseAt(tx, coming, { asserted, reason: 'request_unknown', checks: [...checks, refusedAt('request-once')] })
  const hash = sha256(claims.assertionId)
  if (!(await keepAssertion(tx, { connectionId: connection.id, hash, until: claims.keepUntil })))
    return refuseAt(tx, coming, { asserted, reason: 'replayed', checks: [...checks, refusedAt('assertion-once')] })
  const all = [...checks, passed('request-once'), passed('assertion-once')]
  if (refusal) return refuseAt(tx, coming, { asserted, reason: refusal.code, checks: [...all, refusedAt('policies')] })
  return settleSignIn(tx, { ...coming, asserted, checks: all }, parts)
}

type Refused = { outcome: Extract<SamlOutcome, { ok: false }>; checks: SsoCheck[] }

function refuseResponse(tx: TxCtx, coming: Coming, { outcome, checks }: Refused): Promise<Landing> {
  const wasSigned = checks.some(({ check, outcome: how }) => check === 'signature' && how === 'passed')
  return refuse(tx, coming, {
    purpose: coming.request?.purpose ?? 'sign_in',
    reason: outcome.reason,
    observed: { ...flat('', outcome.observed), ...flat('expected ', outcome.expected) },
    checks,
    isStranger: coming.request === undefined && !wasSigned,
  })
}

const flat = (prefix: string, facts: Readonly<Record<string, string | number | readonly string[]>>) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      `${prefix}${name}`,
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  )

type At = { asserted: Asserted; reason: string; checks: SsoCheck[] }

const refuseAt = (tx: TxCtx, coming: Coming, { asserted, reason, checks }: At): Promise<Landing> =>
  refuse(tx, coming, {
    purpose: coming.request?.purpose ?? 'sign_in',
    reason,
    checks,
    assertedEmail: asserted.email,
  })

/** A browser comes back from an OpenID provider, with a code or with a no. */
export type OidcArrival = { connectionId: string; browser: string | undefined; query: string }

export async function finishByOidc(ctx: Ctx, arrival: OidcArrival, parts: SsoParts): Promise<Landing> {
  authorizeProtocol(ctx.actor)
  const begun = await ctx.transaction((tx) => takeBegun(tx, arrival))
  if ('kind' in begun) return begun
  const { connection, request } = begun
  const own = oidcConnection(connection, parts)
  const callback = new URL(ownValues(parts.baseUrl(), connection.id).redirectUri)
  callback.search = arrival.query
  const outcome = await finishOidc(own, {
    callback,
    state: request.id,
    nonce: request.nonce ?? '',
    verifier: request.sealedVerifier ? parts.seal.open(request.sealedVerifier, verifierPlace(request.id)) : '',
    now: ctx.clock.now(),
    rules: parts.rules,
  })
  const coming: Coming = { connection, request, next: request.next }
  return withoutThrowing(ctx, (tx, refusal) => settleOidc(tx, coming, { outcome, parts, refusal }))
}

type Begun = { connection: ConnectionRow; request: RequestRow }

/** The state is used up before the code is: neither serves a second time, in no other browser. */
async function takeBegun(tx: TxCtx, { connectionId, browser, query }: OidcArrival): Promise<Begun | Landing> {
  const connection = await findConnection(tx, connectionId)
  if (connection?.kind !== 'oidc') throw new AppError('sso.connection_not_found')
  const state = new URLSearchParams(query).get('state') ?? ''
  const request =
    browser === undefined
      ? undefined
      : await takeRequest(tx, { id: state, connectionId: connection.id, browserHash: hashToken(browser) })
  if (request) return { connection, request }
  return refuse(
    tx,
    { connection, request: undefined, next: ownPath(undefined) },
    { purpose: 'sign_in', reason: 'request_unknown', checks: [refusedAt('request-once')], isStranger: true },
  )
}

async function settleOidc(
  tx: TxCtx,
  coming: Coming,
  { outcome, parts, refusal }: How & { outcome: OidcOutcome },
): Promise<Landing> {
  const once = passed('request-once')
  if (!outcome.ok) {
    const { reason, observed, checks } = outcome
    const all = checks.map((check, i) => (i === checks.length - 1 ? refusedAt(check) : passed(check)))
    return refuse(tx, coming, {
      purpose: coming.request?.purpose ?? 'sign_in',
      reason,
      observed,
      checks: [once, ...all],
    })
  }
  const checks = [once, ...outcome.checks.map(passed)]
  if (refusal)
    return refuseAt(tx, coming, {
      asserted: outcome.asserted,
      reason: refusal.code,
      checks: [...checks, refusedAt('policies')],
    })
  return settleSignIn(tx, { ...coming, asserted: outcome.asserted, checks }, parts)
}
