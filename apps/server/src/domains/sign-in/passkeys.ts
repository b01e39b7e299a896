import type { PasskeyAssertion, PasskeyAttestation } from '@clew/contract/sign-in'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { MemberRow } from '../organisations/index.ts'
import type { SignInParts } from './parts.ts'
import type { PasskeyRow } from './repository.factors.ts'

/** The start does not wait for what the first passkey needs. */
const library = () => import('@simplewebauthn/server')

const timeoutMs = 5 * 60_000

/** What passkeys are bound to: the name of the host at which people see us. WebAuthn Level 3 §5.1.2. */
function relyingParty({ baseUrl, brand }: Pick<SignInParts, 'baseUrl' | 'brand'>) {
  const { hostname, origin } = new URL(baseUrl())
  return { id: hostname, origin, name: brand() }
}

type Known = Pick<PasskeyRow, 'credentialId' | 'transports'>
const describe = ({ credentialId, transports }: Known) => ({ id: credentialId, transports })

/** Asks an authenticator to make a passkey that finds its owner by itself and asks who holds it. */
export async function askForNewPasskey(parts: SignInParts, member: MemberRow, known: readonly Known[]) {
  const party = relyingParty(parts)
  const options = await (await library()).generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: new Uint8Array(Buffer.from(member.id.replaceAll('-', ''), 'hex')),
    userName: member.email,
    userDisplayName: `${member.name} (${member.organisation.name})`,
    timeout: timeoutMs,
    attestationType: 'none',
    excludeCredentials: known.map(describe),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  })
  return { challenge: options.challenge, publicKey: { ...options } }
}

/** Asks for a passkey: any of ours, or one of somebody's. */
export async function askForPasskey(parts: SignInParts, known: readonly Known[] = []) {
  const options = await (await library()).generateAuthenticationOptions({
    rpID: relyingParty(parts).id,
    timeout: timeoutMs,
    userVerification: 'required',
    ...(known.length === 0 ? {} : { allowCredentials: known.map(describe) }),
  })
  return { challenge: options.challenge, publicKey: { ...options } }
}

type NewPasskey = Pick<
  PasskeyRow,
  'credentialId' | 'publicKey' | 'counter' | 'transports' | 'deviceType' | 'isBackedUp' | 'aaguid'
>

/** What was made, if it answers what was asked. Whatever is wrong with it, the library throws. */
export async function readAttestation(
  parts: SignInParts,
  answer: PasskeyAttestation,
  challenge: string,
): Promise<NewPasskey | undefined> {
  const { id, origin } = relyingParty(parts)
  const result = await (await library())
    .verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
    })
    .catch(() => undefined)
  if (!result?.verified) return undefined
  const { credential, credentialDeviceType, credentialBackedUp, aaguid } = result.registrationInfo
  return {
    credentialId: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: answer.response.transports ?? [],
    deviceType: credentialDeviceType,
    isBackedUp: credentialBackedUp,
    aaguid,
  }
}

/** Whether a passkey has answered what was asked, with whoever holds it there; and its counter, which only goes up. */
export async function readAssertion(
  parts: SignInParts,
  asked: { answer: PasskeyAssertion; challenge: string; key: PasskeyRow },
): Promise<{ counter: number; isBackedUp: boolean } | undefined> {
  const { id, origin } = relyingParty(parts)
  const { key } = asked
  const result = await (await library())
    .verifyAuthenticationResponse({
      response: asked.answer as AuthenticationResponseJSON,
      expectedChallenge: asked.challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: { id: key.credentialId, publicKey: key.publicKey, counter: key.counter, transports: key.transports },
    })
    .catch(() => undefined)
  if (!result?.verified) return undefined
  return { counter: result.authenticationInfo.newCounter, isBackedUp: result.authenticationInfo.credentialBackedUp }
}
