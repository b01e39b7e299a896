import * as client from 'openid-client'
import { OutwardError } from './outward.ts'
import { shown } from './saml/refusal.ts'

/** Why an answer by OpenID Connect was not believed: a word for the diagnosis, the check, and what was seen. */
export type OidcRefusal = { reason: string; check: string; observed: Record<string, string> }

const byClaim: Readonly<Record<string, [reason: string, check: string]>> = {
  nonce: ['oidc.wrong_nonce', 'nonce'],
  iss: ['oidc.wrong_issuer', 'issuer'],
  aud: ['oidc.wrong_audience', 'audience'],
  azp: ['oidc.wrong_audience', 'audience'],
  exp: ['oidc.expired', 'time'],
  iat: ['oidc.expired', 'time'],
  nbf: ['oidc.expired', 'time'],
  auth_time: ['oidc.expired', 'time'],
  sub: ['oidc.wrong_subject', 'userinfo'],
}

const byCode: Readonly<Record<string, [reason: string, check: string]>> = {
  OAUTH_KEY_SELECTION_FAILED: ['oidc.unknown_key', 'signature'],
  OAUTH_UNSUPPORTED_OPERATION: ['oidc.algorithm_refused', 'signature'],
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: ['oidc.expired', 'time'],
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: ['oidc.wrong_issuer', 'provider-known'],
  OAUTH_MISSING_SERVER_METADATA: ['oidc.provider_malformed', 'provider-known'],
  OAUTH_INVALID_SERVER_METADATA: ['oidc.provider_malformed', 'provider-known'],
  OAUTH_RESPONSE_IS_NOT_CONFORM: ['oidc.provider_malformed', 'provider-known'],
  OAUTH_RESPONSE_IS_NOT_JSON: ['oidc.provider_malformed', 'provider-known'],
  OAUTH_PARSE_ERROR: ['oidc.token_malformed', 'code-and-proof'],
  OAUTH_TIMEOUT: ['oidc.unreachable', 'provider-known'],
}

/** Reads what the library or the network threw. What is neither is a defect, and thrown again. */
export function refusalOf(error: unknown): OidcRefusal {
  if (error instanceof OutwardError)
    return { reason: 'oidc.unreachable', check: 'provider-known', observed: { failure: error.failure } }
  if (error instanceof client.AuthorizationResponseError) return saidNo(error.error, error.error_description)
  if (error instanceof client.ResponseBodyError)
    return { reason: 'oidc.code_refused', check: 'code-and-proof', observed: { error: shown(error.error) } }
  if (error instanceof client.WWWAuthenticateChallengeError)
    return { reason: 'oidc.code_refused', check: 'code-and-proof', observed: { status: String(error.status) } }
  if (error instanceof client.ClientError) return ofLibrary(error)
  // What the provider said was used as an argument, and was none.
  if (error instanceof TypeError && 'code' in error)
    return { reason: 'oidc.provider_malformed', check: 'provider-known', observed: { message: shown(error.message) } }
  throw error
}

function saidNo(error: string, description: string | undefined): OidcRefusal {
  const observed = { error: shown(error), ...(description === undefined ? {} : { message: shown(description) }) }
  const reason =
    error === 'access_denied'
      ? 'oidc.denied'
      : error === 'login_required'
        ? 'oidc.login_required'
        : 'oidc.provider_refused'
  return { reason, check: 'provider-agrees', observed }
}

function ofLibrary(error: client.ClientError): OidcRefusal {
  const deeper = innermost(error)
  if (deeper instanceof OutwardError) return refusalOf(deeper)
  const observed = { message: shown(messageOf(error)) }
  const claim = claimOf(error)
  const [reason, check] = (claim === undefined ? undefined : byClaim[claim]) ??
    byWords(messageOf(error)) ??
    byCode[error.code ?? ''] ?? ['oidc.response_refused', 'code-and-proof']
  return { reason, check, observed: { ...observed, ...(claim === undefined ? {} : { claim }) } }
}

/** What the library says only in words. */
function byWords(message: string): [string, string] | undefined {
  const missing = /"(\w+)"(?: \([^)]*\))? claim missing/.exec(message)?.[1]
  if (missing !== undefined) return byClaim[missing]
  if (/"id_token" property/.test(message)) return ['oidc.token_malformed', 'code-and-proof']
  if (/"state"/.test(message)) return ['oidc.wrong_state', 'state']
  if (/"iss" \(issuer\) response parameter|response parameter "iss"/.test(message))
    return ['oidc.wrong_issuer', 'state']
  if (/signature/i.test(message)) return ['oidc.signature_invalid', 'signature']
  if (/"alg"/.test(message)) return ['oidc.algorithm_refused', 'signature']
  return undefined
}

function chainOf(error: unknown): Error[] {
  const chain: Error[] = []
  for (let at = error; at instanceof Error && chain.length < 6; at = at.cause) chain.push(at)
  return chain
}

const innermost = (error: Error): Error => chainOf(error).find((each) => each instanceof OutwardError) ?? error

const messageOf = (error: Error): string =>
  chainOf(error)
    .map(({ message }) => message)
    .join(': ')

/** The library says which claim it was in the cause of its cause. */
function claimOf(error: Error): string | undefined {
  for (const { cause } of chainOf(error))
    if (typeof cause === 'object' && cause !== null && 'claim' in cause && typeof cause.claim === 'string')
      return cause.claim
  return undefined
}
