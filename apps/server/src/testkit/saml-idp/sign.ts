import { createHash, createHmac, type KeyLike, type KeyObject, sign } from 'node:crypto'
import { ExclusiveCanonicalization, type SignatureAlgorithm, SignedXml } from 'xml-crypto'

export const algorithms = {
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  exclusiveWithComments: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  xpath: 'http://www.w3.org/TR/1999/REC-xpath-19991116',
  xslt: 'http://www.w3.org/TR/1999/REC-xslt-19991116',
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  rsaSha1: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  rsaSha384: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
  rsaSha512: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  ecdsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  hmacSha256: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
} as const

export type SignOptions = Readonly<{
  target: 'Response' | 'Assertion'
  key: KeyObject
  prefix: string
  /** Published as KeyInfo; the empty string publishes none. */
  certificate: string
  signatureAlgorithm: string
  digestAlgorithm: string
  canonicalization: string
  transforms: readonly string[]
  inclusive: readonly string[]
  /** A second reference to another element, as XPath. */
  alsoSigns: string | undefined
}>

/** Signs as vendors do, and as forgers would: it knows algorithms that we must refuse. */
export function signXml(xml: string, options: SignOptions): string {
  const signer = new SignedXml({
    privateKey: options.key,
    signatureAlgorithm: options.signatureAlgorithm,
    canonicalizationAlgorithm: options.canonicalization,
    ...(options.certificate && { publicCert: options.certificate }),
  })
  Object.assign(signer.SignatureAlgorithms, signers)
  Object.assign(signer.CanonicalizationAlgorithms, transformsThatChangeNothing)
  signer.HashAlgorithms[algorithms.sha384] = Sha384
  const target = `//*[local-name(.)='${options.target}']`
  const reference = {
    transforms: [...options.transforms],
    digestAlgorithm: options.digestAlgorithm,
    inclusiveNamespacesPrefixList: [...options.inclusive],
  }
  signer.addReference({ ...reference, xpath: target })
  if (options.alsoSigns) signer.addReference({ ...reference, xpath: options.alsoSigns })
  signer.computeSignature(xml, {
    ...(options.prefix && { prefix: options.prefix }),
    location: { reference: `${target}/*[local-name(.)='Issuer']`, action: 'after' },
  })
  const signed = signer.getSignedXml().replace(strayPrefixList, '')
  const declaration = /^<\?xml[^>]*>\s*/.exec(xml)?.[0] ?? ''
  return signed.startsWith('<?xml') ? signed : declaration + signed
}

// The library writes the list into every transform, vendors only where it has a meaning.
const strayPrefixList = /<InclusiveNamespaces [^>]*enveloped-signature"[^>]*?(?:\/>|><\/InclusiveNamespaces>)/g

function signerOf(uri: string, make: (data: string, key: KeyObject) => Buffer): new () => SignatureAlgorithm {
  return class implements SignatureAlgorithm {
    getAlgorithmName = () => uri
    verifySignature = () => false
    getSignature = (data: unknown, key: KeyLike) =>
      make(String(data).replace(strayPrefixList, ''), keyObject(key)).toString('base64')
  }
}

const publicKeySigner = (uri: string, hash: string) =>
  signerOf(uri, (data, key) => sign(hash, Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }))

const signers = {
  [algorithms.rsaSha1]: publicKeySigner(algorithms.rsaSha1, 'sha1'),
  [algorithms.rsaSha256]: publicKeySigner(algorithms.rsaSha256, 'sha256'),
  [algorithms.rsaSha512]: publicKeySigner(algorithms.rsaSha512, 'sha512'),
  [algorithms.rsaSha384]: publicKeySigner(algorithms.rsaSha384, 'sha384'),
  [algorithms.ecdsaSha256]: publicKeySigner(algorithms.ecdsaSha256, 'sha256'),
  [algorithms.hmacSha256]: signerOf(algorithms.hmacSha256, (data, key) =>
    createHmac('sha256', key).update(data).digest(),
  ),
}

function named(uri: string) {
  return class extends ExclusiveCanonicalization {
    override getAlgorithmName = () => uri
  }
}

const transformsThatChangeNothing = {
  [algorithms.xpath]: named(algorithms.xpath),
  [algorithms.xslt]: named(algorithms.xslt),
}

class Sha384 {
  getAlgorithmName = () => algorithms.sha384
  getHash = (xml: string) => createHash('sha384').update(xml, 'utf8').digest('base64')
}

function keyObject(key: KeyLike): KeyObject {
  if (typeof key === 'string' || Buffer.isBuffer(key)) throw new TypeError('The tests sign with key objects.')
  return key
}
