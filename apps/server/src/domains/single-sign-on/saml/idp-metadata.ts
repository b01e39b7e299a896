import { type Certificate, readCertificate } from './certificates.ts'
import { maximumBytes } from './checks/size-limit.ts'
import { envelope } from './envelope.ts'
import { readDocument } from './read-document.ts'
import { type RefusalReason, Refused, shown } from './refusal.ts'
import { isSafeAddress } from './safe-address.ts'
import { Steps } from './steps.ts'
import type { XmlElement, XmlTree } from './xml/reader.ts'
import { attributeOf, childElements, childrenNamed, descendants, isNamed, ns, textOf } from './xml/walk.ts'

export type SamlBinding = 'redirect' | 'post'

export type IdentityProviderDescription = Readonly<{
  entityId: string
  singleSignOn: Partial<Record<SamlBinding, string>>
  singleLogout: Partial<Record<SamlBinding, string>>
  /** All that may sign; the administrator chooses at most two to pin. */
  certificates: readonly Certificate[]
  nameIdFormats: readonly string[]
  wantsSignedRequests: boolean
  validUntil: Date | undefined
}>

export type MetadataRefusal =
  | RefusalReason
  | 'metadata.not_metadata'
  | 'metadata.several_providers'
  | 'metadata.no_provider'
  | 'metadata.no_sign_on_address'
  | 'metadata.address_refused'
  | 'metadata.no_certificate'
  | 'metadata.certificate_unreadable'

export type MetadataOutcome =
  | Readonly<{ ok: true; provider: IdentityProviderDescription }>
  | Readonly<{ ok: false; reason: MetadataRefusal; observed: string }>

// Administrators' tools write comments into metadata; nothing in it is signed by what we trust, so they cut nothing.
const documentChecks = { ...envelope, text: envelope.text.filter(({ name }) => name !== 'no-comment') }

const bindings: ReadonlyMap<string, SamlBinding> = new Map([
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'redirect'],
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', 'post'],
])

/** Reads what an administrator pasted or what was fetched: who the provider is, where it stands, how it signs. */
export function readIdentityProviderMetadata(xml: string): MetadataOutcome {
  try {
    return { ok: true, provider: describe(findProvider(readTree(xml))) }
  } catch (error) {
    if (error instanceof MetadataRefused) return { ok: false, reason: error.reason, observed: shown(error.observed) }
    if (error instanceof Refused) return { ok: false, reason: error.refusal.reason, observed: error.check }
    throw error
  }
}

class MetadataRefused extends Error {
  readonly reason: MetadataRefusal
  readonly observed: string

  constructor(reason: MetadataRefusal, observed = '') {
    super(reason)
    this.reason = reason
    this.observed = observed
  }
}

function readTree(xml: string): XmlTree {
  // A byte order mark and blank lines are what copying brings along.
  const bytes = Buffer.from(xml.replace(/^\uFEFF/, '').trim(), 'utf8')
  if (bytes.length > maximumBytes) throw new MetadataRefused('saml.too_large', `${bytes.length}`)
  return readDocument(bytes, { table: documentChecks, steps: new Steps() }).tree
}

function findProvider(tree: XmlTree): { entity: XmlElement; role: XmlElement } {
  const [root] = tree.roots
  if (!root || root.namespace !== ns.metadata || !/^Entit(?:yDescriptor|iesDescriptor)$/.test(root.local))
    throw new MetadataRefused('metadata.not_metadata', root?.local)
  const entities = tree.elements.filter((element) => isNamed(element, [ns.metadata, 'EntityDescriptor']))
  const found = entities.flatMap((entity) =>
    childrenNamed(entity, [ns.metadata, 'IDPSSODescriptor']).map((role) => ({ entity, role })),
  )
  const [only, second] = found
  if (!only) throw new MetadataRefused('metadata.no_provider')
  if (second) throw new MetadataRefused('metadata.several_providers', `${found.length}`)
  return only
}

function describe({ entity, role }: { entity: XmlElement; role: XmlElement }): IdentityProviderDescription {
  const entityId = attributeOf(entity, 'entityID')?.trim() ?? ''
  if (entityId === '' || entityId.length > 1024) throw new MetadataRefused('metadata.not_metadata', 'entityID')
  const singleSignOn = addresses(role, 'SingleSignOnService')
  if (!singleSignOn.redirect && !singleSignOn.post) throw new MetadataRefused('metadata.no_sign_on_address')
  const until = Date.parse(attributeOf(entity, 'validUntil') ?? '')
  return {
    entityId,
    singleSignOn,
    singleLogout: addresses(role, 'SingleLogoutService'),
    certificates: signingCertificates(role),
    nameIdFormats: childrenNamed(role, [ns.metadata, 'NameIDFormat']).map((format) => textOf(format).trim()),
    wantsSignedRequests: /^(?:true|1)$/.test(attributeOf(role, 'WantAuthnRequestsSigned') ?? ''),
    validUntil: Number.isNaN(until) ? undefined : new Date(until),
  }
}

/** The first address of each binding; browsers are sent there, so it is https, or this very machine. */
function addresses(role: XmlElement, service: string): Partial<Record<SamlBinding, string>> {
  const found: Partial<Record<SamlBinding, string>> = {}
  for (const element of childrenNamed(role, [ns.metadata, service])) {
    const binding = bindings.get(attributeOf(element, 'Binding') ?? '')
    const location = attributeOf(element, 'Location')?.trim() ?? ''
    if (!binding || found[binding]) continue
    if (!isSafeAddress(location)) throw new MetadataRefused('metadata.address_refused', location)
    found[binding] = location
  }
  return found
}

function signingCertificates(role: XmlElement): Certificate[] {
  const keys = childrenNamed(role, [ns.metadata, 'KeyDescriptor']).filter(
    (key) => (attributeOf(key, 'use') ?? 'signing') === 'signing',
  )
  const texts = keys
    .flatMap((key) => childElements(key).flatMap(descendants))
    .filter((element) => isNamed(element, [ns.signature, 'X509Certificate']))
    .map(textOf)
  if (texts.length === 0) throw new MetadataRefused('metadata.no_certificate')
  const certificates = new Map<string, Certificate>()
  for (const text of texts) {
    const certificate = readCertificate(text)
    if (!certificate) throw new MetadataRefused('metadata.certificate_unreadable', text.trim().slice(0, 24))
    certificates.set(certificate.fingerprint, certificate)
  }
  return [...certificates.values()]
}
