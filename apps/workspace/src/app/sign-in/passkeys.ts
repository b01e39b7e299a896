import type { PasskeyAssertion, PasskeyAttestation, PasskeyOptions } from '@clew/contract/sign-in'

export const hasPasskeys = (): boolean => typeof window.PublicKeyCredential === 'function'

/** The browser's own dialog was closed, took too long, or found nothing that fits. */
export class PasskeyUnused extends Error {
  override readonly name = 'PasskeyUnused'
}

/** Asks the browser for a passkey. */
export async function usePasskey({ publicKey }: PasskeyOptions): Promise<PasskeyAssertion> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return startAuthentication({ optionsJSON: publicKey as never }).then(
    (answer) => answer as unknown as PasskeyAssertion,
    (cause: unknown) => {
      throw new PasskeyUnused('', { cause })
    },
  )
}

/** Asks the browser to make a passkey. */
export async function makePasskey({ publicKey }: PasskeyOptions): Promise<PasskeyAttestation> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return startRegistration({ optionsJSON: publicKey as never }).then(
    (answer) => answer as unknown as PasskeyAttestation,
    (cause: unknown) => {
      throw new PasskeyUnused('', { cause })
    },
  )
}
