import type { MemberId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { readAddress } from '../model.claims.ts'
import {
  type ConnectionRow,
  isComplete,
  ownPath,
  ownValues,
  requestMinutes,
  secretPlace,
  verifierPlace,
} from '../model.ts'
import { type OidcConnection, startOidc } from '../oidc.ts'
import { refusalOf } from '../oidc-refusals.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeProtocol } from '../policy.ts'
import { findConnection } from '../repository.connections.ts'
import { insertRequest } from '../repository.requests.ts'
import { authnRequestUrl } from '../saml/authn-request.ts'
import { ownKey } from '../saml-connection.ts'
import { type Landing, refuse } from '../settle-sign-in.ts'

export type Start = {
  connectionId: string
  /** The token that this browser keeps. */
  browser: string
  purpose: 'sign_in' | 'test'
  next: string | undefined
  loginHint: string | undefined
  memberId?: MemberId
  setupLinkId?: string
}

type Sent = { kind: 'sent'; url: string }

type Going = { connection: ConnectionRow; start: Start; requestId: string }

/** Sends a browser to the identity provider, and remembers what it was sent for. */
export async function startSignIn(ctx: Ctx, start: Start, parts: SsoParts): Promise<Sent | Landing> {
  authorizeProtocol(ctx.actor)
  const connection = await ctx.transaction((tx) => findConnection(tx, start.connectionId))
  if (!connection) throw new AppError('sso.connection_not_found')
  const isOn = connection.state === 'active' || start.purpose === 'test'
  if (!isOn) return dead(ctx, { connection, start }, { reason: 'connection_off' })
  if (!isComplete(connection)) return dead(ctx, { connection, start }, { reason: 'connection_incomplete' })
  return connection.kind === 'saml'
    ? startSaml(ctx, { connection, start, requestId: `_${newToken()}` }, parts)
    : startByOidc(ctx, { connection, start, requestId: newToken() }, parts)
}

async function startSaml(ctx: Ctx, going: Going, { seal, baseUrl }: SsoParts): Promise<Sent> {
  const { connection, requestId } = going
  const own = ownValues(baseUrl(), connection.id)
  const key = ownKey(connection, seal)
  const url = await authnRequestUrl({
    requestId,
    relayState: '',
    singleSignOnUrl: connection.idpSsoUrl ?? '',
    serviceProviderId: own.entityId,
    acsUrl: own.acsUrl,
    ...(key ? { key } : {}),
  })
  await ctx.transaction((tx) => remember(tx, going, {}))
  return { kind: 'sent', url }
}

async function startByOidc(ctx: Ctx, going: Going, parts: SsoParts): Promise<Sent | Landing> {
  const { connection, start, requestId } = going
  try {
    const { url, nonce, verifier } = await startOidc(oidcConnection(connection, parts), {
      state: requestId,
      loginHint: addressOf(start),
      now: ctx.clock.now(),
      rules: parts.rules,
    })
    const sealedVerifier = parts.seal.seal(verifier, verifierPlace(requestId))
    await ctx.transaction((tx) => remember(tx, going, { nonce, sealedVerifier }))
    return { kind: 'sent', url }
  } catch (error) {
    const { reason, observed } = refusalOf(error)
    return dead(ctx, { connection, start }, { reason, observed })
  }
}

const addressOf = ({ loginHint }: Start): string | undefined => readAddress(loginHint)

async function remember(
  tx: TxCtx,
  { connection, start, requestId }: Going,
  proofs: { nonce?: string; sealedVerifier?: Buffer },
): Promise<void> {
  await insertRequest(tx, {
    id: requestId,
    connectionId: connection.id,
    organisationId: connection.organisationId,
    purpose: start.purpose,
    browserHash: hashToken(start.browser),
    next: ownPath(start.next),
    loginHint: addressOf(start),
    nonce: proofs.nonce,
    sealedVerifier: proofs.sealedVerifier,
    memberId: start.memberId,
    setupLinkId: start.setupLinkId,
    attemptId: tx.ids.next(),
    expiresAt: new Date(tx.clock.now().getTime() + requestMinutes * 60_000),
  })
}

/** It ends before it began: the connection is off, or the provider cannot be asked. */
function dead(
  ctx: Ctx,
  { connection, start }: Pick<Going, 'connection' | 'start'>,
  { reason, observed = {} }: { reason: string; observed?: Record<string, string> },
): Promise<Landing> {
  return ctx.transaction((tx) =>
    refuse(
      tx,
      { connection, request: undefined, next: ownPath(start.next) },
      {
        purpose: start.purpose,
        reason,
        observed,
        typedEmail: addressOf(start),
        setupLinkId: start.setupLinkId,
        checks: [{ check: 'connection-ready', outcome: 'refused' }],
      },
    ),
  )
}

export function oidcConnection(
  connection: ConnectionRow,
  { seal, baseUrl }: Pick<SsoParts, 'seal' | 'baseUrl'>,
): OidcConnection {
  const { id, sealedSecret } = connection
  return {
    ...connection,
    issuer: connection.issuer ?? '',
    clientId: connection.clientId ?? '',
    secret: sealedSecret && seal.open(sealedSecret, secretPlace(id)),
    redirectUri: ownValues(baseUrl(), id).redirectUri,
  }
}
