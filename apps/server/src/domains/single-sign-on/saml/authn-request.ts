export type ServiceProviderKey = Readonly<{ privateKey: string; certificate: string }>

export type AuthnRequestInput = Readonly<{
  /** Made and stored by the caller, bound to the browser that is sent away. */
  requestId: string
  /** Letters, digits, `-` and `_`: an opaque handle, never an address to go to. */
  relayState: string
  /** The provider's address for the redirect binding. */
  singleSignOnUrl: string
  serviceProviderId: string
  acsUrl: string
  nameIdFormat?: string
  /** Asks the provider to have the person sign in anew, where we need a fresh proof. */
  forceAuthentication?: boolean
  /** Signs the request if given. */
  key?: ServiceProviderKey
}>

/** The address to which the browser is sent to sign in; the answer comes back as a form to `acsUrl`. */
export async function authnRequestUrl(input: AuthnRequestInput): Promise<string> {
  if (!/^[A-Za-z0-9_-]{0,80}$/.test(input.relayState)) throw new RangeError('The relay state is not an opaque handle.')
  if (!/^[A-Za-z_][A-Za-z0-9_.-]{15,127}$/.test(input.requestId)) throw new RangeError('The request id is no XML id.')
  const { SAML } = await import('@node-saml/node-saml')
  const provider = new SAML({
    entryPoint: input.singleSignOnUrl,
    issuer: input.serviceProviderId,
    callbackUrl: input.acsUrl,
    // Responses are examined by our own envelope; the library only writes the request.
    idpCert: unusedCertificate,
    identifierFormat: input.nameIdFormat ?? null,
    // How people sign in is their provider's business: asking for passwords by name locks out passkeys.
    disableRequestedAuthnContext: true,
    forceAuthn: input.forceAuthentication ?? false,
    generateUniqueId: () => input.requestId,
    signatureAlgorithm: 'sha256',
    ...(input.key && { privateKey: input.key.privateKey }),
  })
  return provider.getAuthorizeUrlAsync(input.relayState, undefined, {})
}

const unusedCertificate = 'AAAA'
