import type { ServiceProviderKey } from './authn-request.ts'

export type ServiceProviderDescription = Readonly<{
  serviceProviderId: string
  acsUrl: string
  nameIdFormats: readonly string[]
  /** Published for signing and for encryption. */
  key?: ServiceProviderKey
}>

export const nameIdFormats = {
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
} as const

/** The document that an identity provider's administrator loads to know us. */
export async function serviceProviderMetadata(description: ServiceProviderDescription): Promise<string> {
  const { serviceProviderId, acsUrl, key } = description
  const { generateServiceProviderMetadata } = await import('@node-saml/node-saml')
  const document = generateServiceProviderMetadata({
    issuer: serviceProviderId,
    callbackUrl: acsUrl,
    identifierFormat: formatMark,
    wantAssertionsSigned: true,
    // Stable, so that the document of one connection does not change from one reading to the next.
    generateUniqueId: () => '_clew',
    ...(key && {
      privateKey: key.privateKey,
      publicCerts: key.certificate,
      decryptionPvk: key.privateKey,
      decryptionCert: key.certificate,
      signatureAlgorithm: 'sha256' as const,
    }),
  })
  const formats = description.nameIdFormats.map((format) => `<NameIDFormat>${format}</NameIDFormat>`).join('\n    ')
  return document.replace(`<NameIDFormat>${formatMark}</NameIDFormat>`, () => formats)
}

// The library writes one format only; this stands where ours go.
const formatMark = 'formats'
