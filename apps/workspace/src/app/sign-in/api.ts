import type { AgentSession } from '@clew/contract/sessions'
import type {
  NewApp,
  NewRecoveryCodes,
  OwnSignIn,
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyOptions,
  Proof,
  ProofWays,
  SecondFactorProof,
  SignInStart,
  SignInStep,
} from '@clew/contract/sign-in'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../api.ts'

/** Somebody is in, or there is one more step. */
export type Entered = AgentSession | SignInStep
export const isStep = (entered: Entered): entered is SignInStep => 'next' in entered

const post = <T>(path: string, body: unknown = {}) => http.request<T>('POST', path, { body })

/** The ways in. */
export const entranceApi = {
  start: (email: string) => post<SignInStart>('/session/start', { email }),
  password: (email: string, password: string) => post<Entered>('/session', { email, password }),
  choose: (organisationId: string) => post<Entered>('/session/organisation', { organisationId }),
  askPasskey: () => post<PasskeyOptions>('/session/passkey/options'),
  passkey: (passkey: PasskeyAssertion) => post<Entered>('/session/passkey', passkey),
  askSecondPasskey: () => post<PasskeyOptions>('/session/second-factor/passkey'),
  secondFactor: (factor: SecondFactorProof) => post<Entered>('/session/second-factor', factor),
  sendLink: (email: string) => post<void>('/session/link', { email }),
  openLink: (token: string) => post<Entered>('/session/link/open', { token }),
  forgotten: (email: string) => post<void>('/session/password/forgotten', { email }),
  reset: (token: string, password: string) => post<void>('/session/password/reset', { token, password }),
  switchTo: (organisationId: string) => post<Entered>('/session/switch', { organisationId }),
}

export const proofApi = {
  ways: () => http.request<ProofWays>('GET', '/session/proof'),
  askPasskey: () => post<PasskeyOptions>('/session/proof/passkey'),
  prove: (proof: Proof) => post<void>('/session/proof', proof),
}

const own = '/console/own-sign-in'

/** Second factors of whoever is signed in. */
export const factorApi = {
  own: () => http.request<OwnSignIn>('GET', own),
  beginApp: () => post<NewApp>(`${own}/app`),
  confirmApp: (code: string) => post<NewRecoveryCodes>(`${own}/app/confirmation`, { code }),
  beginPasskey: () => post<PasskeyOptions>(`${own}/passkeys/options`),
  addPasskey: (name: string, passkey: PasskeyAttestation) =>
    post<NewRecoveryCodes>(`${own}/passkeys`, { name, passkey }),
}

export const ownSignInQuery = queryOptions({ queryKey: ['own-sign-in'], queryFn: factorApi.own })
