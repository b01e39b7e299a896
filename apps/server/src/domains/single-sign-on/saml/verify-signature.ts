import { createHash, type KeyLike, KeyObject, verify } from 'node:crypto'
import { ExclusiveCanonicalization, type HashAlgorithm, type SignatureAlgorithm, SignedXml } from 'xml-crypto'
import { digestAlgorithms, envelopedSignature, exclusiveC14n, signatureAlgorithms } from './algorithms.ts'
import { type PinnedKey, readCertificate } from './certificates.ts'
import type { Refusal } from './refusal.ts'
import type { XmlElement } from './xml/reader.ts'
import { attributeOf, descendants, standaloneSource, textOf } from './xml/walk.ts'

export type SignedSource = Readonly<{ source: string; signature: XmlElement; owner: XmlElement }>

export type Verification = Readonly<{ verified: string; key: PinnedKey }> | Refusal

/** Tries each pinned key; on success gives the canonical bytes that were signed, and nothing else may be read. */
export function verifySignature(signed: SignedSource, keys: readonly PinnedKey[]): Verification {
  for (const key of keys) {
    const outcome = verifyWith(signed, key)
    if (typeof outcome !== 'string') return { verified: outcome.verified, key }
    if (outcome === 'altered') return { reason: 'saml.digest_mismatch', observed: { element: signed.owner.local } }
  }
  return explain(signed.signature, keys)
}

function verifyWith({ source, signature }: SignedSource, { publicKey }: PinnedKey) {
  const signed = new SignedXml({ publicCert: publicKey, getCertFromKeyInfo: () => null })
  const enveloped = signed.CanonicalizationAlgorithms[envelopedSignature]
  // What the checks refuse the library must not know either.
  signed.CanonicalizationAlgorithms = {
    [exclusiveC14n]: ExclusiveCanonicalization,
    ...(enveloped && { [envelopedSignature]: enveloped }),
  }
  signed.HashAlgorithms = hashes
  signed.SignatureAlgorithms = signers
  try {
    signed.loadSignature(standaloneSource(signature, source))
    if (!signed.checkSignature(source)) return 'altered'
  } catch {
    // The library throws for a signature value that does not fit, as for all it cannot do: not signed by this key.
    return 'unfit'
  }
  const [verified, second] = signed.getSignedReferences()
  return verified === undefined || second !== undefined ? 'unfit' : { verified }
}

/** KeyInfo is never used to verify; it is read here to tell an administrator which certificate came instead. */
function explain(signature: XmlElement, keys: readonly PinnedKey[]): Refusal {
  const pinned = keys.map(({ certificate }) => certificate.fingerprint)
  const embedded = descendants(signature).find(({ local }) => local === 'X509Certificate')
  const seen = embedded && readCertificate(textOf(embedded))
  const expected = { fingerprints: pinned }
  if (!seen || pinned.includes(seen.fingerprint)) {
    const method = descendants(signature).find(({ local }) => local === 'SignatureMethod')
    return {
      reason: 'saml.signature_invalid',
      observed: { algorithm: attributeOf(method, 'Algorithm') ?? '' },
      expected,
    }
  }
  const observed = { fingerprint: seen.fingerprint, notAfter: seen.notAfter.toISOString() }
  return { reason: 'saml.unknown_certificate', observed, expected }
}

const hashes = Object.fromEntries(
  [...digestAlgorithms].map(([uri, name]) => [
    uri,
    class implements HashAlgorithm {
      getAlgorithmName = () => uri
      getHash = (xml: string) => createHash(name).update(xml, 'utf8').digest('base64')
    },
  ]),
)

const signers = Object.fromEntries(
  [...signatureAlgorithms].map(([uri, { keyType, digest }]) => [
    uri,
    class implements SignatureAlgorithm {
      getAlgorithmName = () => uri
      // XML signatures hold the two numbers of ECDSA side by side, not in DER.
      verifySignature = (material: string, key: KeyLike, value: string) =>
        key instanceof KeyObject &&
        key.asymmetricKeyType === keyType &&
        verify(digest, Buffer.from(material), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(value, 'base64'))
      getSignature = () => {
        throw new Error('We verify only.')
      }
    },
  ]),
)
