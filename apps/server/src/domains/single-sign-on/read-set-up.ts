import type { SsoSetUp } from '@clew/contract/single-sign-on'
import { AppError } from '../../platform/app-error.ts'
import { mayCallOutside } from '../../platform/outward-address.ts'
import type { ConnectionRow } from './model.ts'
import { discoverOidc } from './oidc.ts'
import { refusalOf } from './oidc-refusals.ts'
import { askOutside, OutwardError, type OutwardRules } from './outward.ts'
import type { ConnectionChange } from './repository.connections.ts'
import { type Certificate, readCertificate } from './saml/certificates.ts'
import type { IdentityProviderDescription } from './saml/idp-metadata.ts'
import { isSafeAddress } from './saml/safe-address.ts'

/** What a set-up changes, with a new secret still in plain words. */
export type SetUpChange = ConnectionChange & { clientSecret?: string }

type Reading = { now: Date; rules: OutwardRules }

/**
 * Reads what an administrator filled in, from the network where it has to be. Never inside a transaction. Answers with
 * what is to be written.
 */
export function readSetUp(
  connection: ConnectionRow,
  setUp: SsoSetUp,
  reading: Reading,
): Promise<SetUpChange> | SetUpChange {
  return connection.kind === 'saml' ? readSaml(connection, setUp, reading) : readOidc(connection, setUp, reading)
}

async function readSaml(connection: ConnectionRow, setUp: SsoSetUp, { now, rules }: Reading): Promise<SetUpChange> {
  const { metadataUrl, metadata } = setUp
  if (metadata !== undefined && metadata.trim() !== '')
    return {
      ...(await describedBy(metadata, now)),
      metadataUrl: undefined,
      metadataReadAt: now,
      metadataFailure: undefined,
    }
  if (metadataUrl !== undefined && metadataUrl !== '') {
    const described = await describedBy(await fetchMetadata(metadataUrl, rules), now)
    return { ...described, metadataUrl, metadataReadAt: now, metadataFailure: undefined }
  }
  return {
    ...(metadataUrl === '' ? { metadataUrl: undefined, metadataReadAt: undefined, metadataFailure: undefined } : {}),
    ...(setUp.idpEntityId === undefined ? {} : { idpEntityId: setUp.idpEntityId || undefined }),
    ...(setUp.idpSsoUrl === undefined ? {} : { idpSsoUrl: safeAddress(setUp.idpSsoUrl) }),
    ...(setUp.certificates === undefined ? {} : { certificates: readCertificates(setUp.certificates) }),
  }
}

export async function fetchMetadata(url: string, rules: OutwardRules): Promise<string> {
  if (!mayCallOutside(url, rules.hosts)) throw new AppError('sso.address_refused')
  try {
    const headers = { accept: 'application/samlmetadata+xml, application/xml, text/xml' }
    const answer = await askOutside({ url, headers }, rules)
    if (answer.status !== 200)
      throw new AppError('sso.provider_unreachable', { failure: 'status', status: answer.status })
    return answer.body
  } catch (error) {
    if (error instanceof OutwardError) throw new AppError('sso.provider_unreachable', { failure: error.failure })
    throw error
  }
}

export async function describedBy(metadata: string, now: Date) {
  const { readIdentityProviderMetadata } = await import('./saml/idp-metadata.ts')
  const outcome = readIdentityProviderMetadata(metadata)
  if (!outcome.ok) throw unusable('sso.metadata_unusable', outcome.reason)
  const { provider } = outcome
  if (provider.singleSignOn.redirect === undefined)
    throw unusable('sso.metadata_unusable', 'metadata.no_redirect_binding')
  return {
    idpEntityId: provider.entityId,
    idpSsoUrl: provider.singleSignOn.redirect,
    certificates: chosen(provider.certificates, now),
  }
}

/** Two at most: those that last longest, since an old one is named beside the next while a provider changes its key. */
function chosen(certificates: IdentityProviderDescription['certificates'], now: Date): string[] {
  const lasting = certificates.filter(({ notAfter }) => notAfter > now)
  const usable = lasting.length > 0 ? lasting : certificates
  return [...usable]
    .sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime())
    .slice(0, 2)
    .map(refuseWeak)
}

function readCertificates(texts: readonly string[]): string[] {
  const read = texts.filter((text) => text.trim() !== '').map(readCertificate)
  const found = read.map((certificate) => {
    if (!certificate) throw new AppError('sso.certificate_unusable')
    return refuseWeak(certificate)
  })
  return [...new Set(found)]
}

const smallestRsaBits = 2048

function refuseWeak({ keyType, keyBits, pem }: Certificate): string {
  if (keyType !== 'ec' && (keyType !== 'rsa' || keyBits < smallestRsaBits))
    throw new AppError('sso.certificate_unusable')
  return pem
}

function safeAddress(address: string): string | undefined {
  if (address === '') return undefined
  if (!isSafeAddress(address)) throw new AppError('sso.address_refused')
  return address
}

async function readOidc(connection: ConnectionRow, setUp: SsoSetUp, { now, rules }: Reading): Promise<SetUpChange> {
  const { issuer, clientId, clientSecret } = setUp
  if (issuer !== undefined && issuer !== '') await refuseOther(connection, issuer, { now, rules })
  return {
    ...(issuer === undefined ? {} : { issuer: issuer || undefined }),
    ...(clientId === undefined ? {} : { clientId: clientId || undefined }),
    // Left empty, the one that is there stays: it is shown to nobody.
    ...(clientSecret === undefined || clientSecret === '' ? {} : { clientSecret }),
  }
}

async function refuseOther({ id, version, options }: ConnectionRow, issuer: string, reading: Reading): Promise<void> {
  if (!mayCallOutside(issuer, reading.rules.hosts)) throw new AppError('sso.address_refused')
  const asked = { id, version, options, issuer, clientId: 'discovery', secret: undefined, redirectUri: '' }
  try {
    const { authorization_endpoint, token_endpoint } = await discoverOidc(asked, reading)
    if (!isBrowsable(authorization_endpoint) || token_endpoint === undefined)
      throw unusable('sso.provider_unusable', 'oidc.provider_malformed')
  } catch (error) {
    if (error instanceof AppError) throw error
    const { reason, observed } = refusalOf(error)
    if (reason === 'oidc.unreachable')
      throw new AppError('sso.provider_unreachable', { failure: observed['failure'] ?? 'unreachable' })
    throw unusable('sso.provider_unusable', reason)
  }
}

/** `why` is the word that the sentence is chosen by. */
const unusable = (code: 'sso.metadata_unusable' | 'sso.provider_unusable', reason: string): AppError =>
  new AppError(code, { reason, why: reason.slice(reason.indexOf('.') + 1) })

const isBrowsable = (address: string | undefined): boolean => address !== undefined && isSafeAddress(address)
