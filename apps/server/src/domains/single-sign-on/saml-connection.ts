import type { TextSeal } from '../../platform/storage/text-seal.ts'
import { type Asserted, readAddress, readMapped } from './model.claims.ts'
import { type ConnectionRow, keyPlace, ownValues } from './model.ts'
import type { ServiceProviderKey } from './saml/authn-request.ts'
import type { SamlClaims } from './saml/claims.ts'
import { nameIdFormats, serviceProviderMetadata } from './saml/sp-metadata.ts'
import type { SamlConnection } from './saml/subjects.ts'

type Sealed = { seal: TextSeal; baseUrl: string }

/** A connection as the envelope wants to know it. */
export function samlConnection(connection: ConnectionRow, { seal, baseUrl }: Sealed): SamlConnection {
  const own = ownValues(baseUrl, connection.id)
  const key = ownKey(connection, seal)
  return {
    identityProviderId: connection.idpEntityId ?? '',
    serviceProviderId: own.entityId,
    acsUrl: own.acsUrl,
    certificates: connection.certificates,
    allowUnsolicited: connection.options.allowIdpInitiated,
    ...(key ? { decryptionKeys: [key.privateKey] } : {}),
  }
}

export function ownKey(connection: ConnectionRow, seal: TextSeal): ServiceProviderKey | undefined {
  const { id, sealedKey, ownCertificate } = connection
  if (sealedKey === undefined || ownCertificate === undefined) return undefined
  return { privateKey: seal.open(sealedKey, keyPlace(id)), certificate: ownCertificate }
}

/** The document that an identity provider reads to know us. */
export function ownMetadata(connection: ConnectionRow, { seal, baseUrl }: Sealed): Promise<string> {
  const own = ownValues(baseUrl, connection.id)
  const key = ownKey(connection, seal)
  return serviceProviderMetadata({
    serviceProviderId: own.entityId,
    acsUrl: own.acsUrl,
    nameIdFormats: [nameIdFormats.persistent, nameIdFormats.email],
    ...(key ? { key } : {}),
  })
}

const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

/** Whom an assertion means. A name that is made anew for each sign-in means nobody the next time. */
export function assertedBySaml(saml: SamlClaims, mapping: ConnectionRow['options']['mapping']): Asserted {
  const { email, name, groups } = readMapped(saml.attributes, mapping)
  const isNameWanted = mapping.email === '' || mapping.email.toLowerCase() === 'nameid'
  const named = isNameWanted ? readAddress(saml.nameId) : undefined
  const isStable = saml.nameIdFormat === nameIdFormats.persistent
  return {
    subject: saml.nameIdFormat === transient || saml.nameId === '' ? undefined : saml.nameId,
    isStableSubject: isStable,
    email: email ?? named,
    isEmailVerified: true,
    name,
    groups,
    claims: { ...saml.attributes, nameId: [saml.nameId], nameIdFormat: [saml.nameIdFormat], issuer: [saml.issuer] },
  }
}
