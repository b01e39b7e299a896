import { createSecretKey, type KeyObject } from 'node:crypto'
import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { Identity, IdentityKeyRow } from './model.ts'

type Checking = {
  keys: readonly IdentityKeyRow[]
  /** The secret of an HS256 key. */
  secretOf(key: IdentityKeyRow): Uint8Array
  audience: string
  now: Date
}

const longestSeconds = 3600
/** Two clocks never agree. */
const toleranceSeconds = 30

/**
 * Checks a signed identity against the keys of the installation. A key checks its own algorithm and no other, so that a
 * public key never serves as a secret; `none` is not among them.
 */
export async function readIdentity(
  token: string,
  checking: Checking,
): Promise<{ identity: Identity; key: IdentityKeyRow }> {
  const { keys, audience, now } = checking
  if (keys.length === 0) throw new AppError('identity.not_configured')
  const { alg, kid } = headerOf(token)
  if (alg !== 'HS256' && alg !== 'ES256') throw new AppError('identity.algorithm_refused')
  const fitting = keys.filter((key) => key.algorithm === alg && (kid === undefined || key.id === kid))
  if (fitting.length === 0) throw new AppError('identity.key_unknown')
  const options = {
    algorithms: [alg],
    audience,
    currentDate: now,
    clockTolerance: toleranceSeconds,
    requiredClaims: ['sub', 'exp', 'jti'],
  }
  for (const key of fitting) {
    try {
      const { payload } = await jwtVerify(token, await keyOf(key, checking), options)
      return { identity: identityOf(payload, now), key }
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw refusalOf(error)
    }
  }
  throw new AppError('identity.signature_invalid')
}

function headerOf(token: string): { alg: string | undefined; kid: string | undefined } {
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    return { alg, kid }
  } catch (cause) {
    throw new AppError('identity.malformed', {}, { cause })
  }
}

async function keyOf(key: IdentityKeyRow, { secretOf }: Checking): Promise<KeyObject | CryptoKey | Uint8Array> {
  return key.algorithm === 'HS256' ? createSecretKey(secretOf(key)) : importJWK(key.publicKey ?? {}, 'ES256')
}

function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new AppError('identity.expired')
  if (error instanceof errors.JWTClaimValidationFailed)
    return new AppError(error.claim === 'aud' ? 'identity.audience_wrong' : 'identity.claims_invalid', {
      claim: error.claim,
    })
  if (error instanceof errors.JOSEError) return new AppError('identity.malformed', {}, { cause: error })
  return error
}

const word = z.string().trim().min(1).max(200)
const plans = ['free', 'plus', 'team', 'business', 'enterprise'] as const
const Claims = z.object({
  sub: z.string().min(1).max(255),
  jti: z.string().min(1).max(255),
  exp: z.number(),
  name: z.string().trim().min(1).max(120).optional(),
  email: z.email().max(254).optional(),
  email_verified: z.boolean().optional(),
  plan: z.string().max(80).optional(),
  workspace: z
    .union([word.transform((id) => ({ id })), z.object({ id: word.exactOptional(), name: word.exactOptional() })])
    .optional(),
})

function identityOf(payload: JWTPayload, now: Date): Identity {
  const parsed = Claims.safeParse(payload)
  if (!parsed.success)
    throw new AppError('identity.claims_invalid', { claim: String(parsed.error.issues[0]?.path[0] ?? '') })
  const { sub, jti, exp, name, email, email_verified: isEmailVerified, workspace } = parsed.data
  if (exp * 1000 > now.getTime() + (longestSeconds + toleranceSeconds) * 1000)
    throw new AppError('identity.too_long_lived')
  const plan = plans.find((known) => known === parsed.data.plan?.trim().toLowerCase())
  return {
    subject: sub,
    useId: jti,
    expiresAt: new Date(exp * 1000),
    name,
    claims: {
      // An address of which the host page itself says that it is not proved, proves nothing.
      ...(email === undefined || isEmailVerified === false ? {} : { email }),
      ...(plan ? { plan } : {}),
      ...(workspace ? { workspace } : {}),
    },
  }
}
