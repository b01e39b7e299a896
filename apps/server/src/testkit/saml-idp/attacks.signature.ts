import { createSecretKey } from 'node:crypto'
import { ns } from '../../domains/single-sign-on/saml/xml/walk.ts'
import { type Attack, victim } from './attack.ts'
import { type IssueOptions, type SamlIdp, signatureIn } from './idp.ts'
import { certify, makeSamlKey } from './keys.ts'
import { algorithms, type SignOptions } from './sign.ts'

const { enveloped, exclusive, exclusiveWithComments, inclusive, xpath, xslt } = algorithms

/** The assertion alone is signed, in a manner of the forger's. */
const signedWith =
  (signing: Partial<SignOptions>, more: Partial<IssueOptions> = {}) =>
  (idp: SamlIdp) =>
    idp.issue({ signs: ['Assertion'], signing, ...more })

const forgedBy = (certificate: (idp: SamlIdp) => string) => (idp: SamlIdp) =>
  idp.issue({ key: idp.keys.attacker, signing: { certificate: certificate(idp) }, facts: { nameId: victim } })

/** A signed message whose signature was changed afterwards. */
const changed = (change: (signature: string, idp: SamlIdp) => string) => (idp: SamlIdp) => {
  const signed = idp.issue({ signs: ['Assertion'] })
  return signed.replace(signatureIn(signed), (signature) => change(signature, idp))
}

const signedInfo = /<dsig:SignedInfo>[\s\S]*<\/dsig:SignedInfo>/

export const signatureAttacks: readonly Attack[] = [
  { name: 'no signature at all', reason: 'saml.signature_missing', forge: (idp) => idp.issue({ signs: [] }) },
  { name: 'the signature is stripped', reason: 'saml.signature_missing', forge: changed(() => '') },
  {
    name: 'an empty signature',
    reason: 'saml.signature_malformed',
    forge: changed(() => '<dsig:Signature xmlns:dsig="http://www.w3.org/2000/09/xmldsig#"/>'),
  },
  {
    name: 'a signature without a value',
    reason: 'saml.signature_malformed',
    forge: changed((xml) => xml.replace(/<dsig:SignatureValue>[^<]*</, '<dsig:SignatureValue><')),
  },
  {
    name: 'a signature without a reference',
    reason: 'saml.signature_malformed',
    forge: changed((xml) => xml.replace(/<dsig:Reference[\s\S]*<\/dsig:Reference>/, '')),
  },
  {
    name: 'a signature in another namespace',
    reason: 'saml.signature_misplaced',
    forge: changed((xml) => xml.replace('http://www.w3.org/2000/09/xmldsig#', 'urn:evil:xmldsig')),
  },
  {
    name: 'a signature inside the subject',
    reason: 'saml.signature_misplaced',
    forge: (idp) => {
      const signed = idp.issue({ signs: ['Assertion'] })
      const signature = signatureIn(signed)
      return signed.replace(signature, '').replace('<saml:Subject>', () => `<saml:Subject>${signature}`)
    },
  },
  {
    name: 'two signatures on one assertion',
    reason: 'saml.signature_misplaced',
    forge: changed((xml) => xml + xml),
  },
  {
    name: 'two SignedInfo, the genuine one second',
    reason: 'saml.signature_malformed',
    forge: changed((xml) => {
      const genuine = signedInfo.exec(xml)?.[0] ?? ''
      return xml.replace(genuine, () => genuine.replace('_assertion-1', '_evil-1') + genuine)
    }),
  },
  {
    name: 'a second digest value',
    reason: 'saml.signature_malformed',
    forge: changed((xml) => xml.replace('<dsig:DigestValue>', '<dsig:DigestValue>AAAA</dsig:DigestValue>$&')),
  },
  {
    name: 'a comment inside the digest value',
    reason: 'saml.comment_refused',
    forge: changed((xml) => xml.replace('<dsig:DigestValue>', '$&<!--AAAA-->')),
  },
  {
    name: 'markup inside the digest value',
    reason: 'saml.signature_malformed',
    forge: changed((xml) => xml.replace('<dsig:DigestValue>', '$&<x xmlns="urn:x"/>')),
  },
  {
    name: 'an Object inside the signature',
    reason: 'saml.signature_malformed',
    forge: changed((xml) => xml.replace('</dsig:Signature>', '<dsig:Object>x</dsig:Object>$&')),
  },
  {
    name: 'somebody else signed, and shows their own certificate',
    reason: 'saml.unknown_certificate',
    forge: forgedBy((idp) => idp.keys.attacker.certificate),
  },
  {
    name: "somebody else signed, and shows the provider's certificate",
    reason: 'saml.signature_invalid',
    forge: forgedBy((idp) => idp.keys.current.certificate),
  },
  {
    name: 'somebody else signed, and shows no certificate',
    reason: 'saml.signature_invalid',
    forge: forgedBy(() => ''),
  },
  {
    name: 'somebody else made a certificate with the name of the provider',
    reason: 'saml.unknown_certificate',
    forge: (idp) => idp.issue({ key: certify('Identity provider', idp.keys.attacker.privateKey, {}) }),
  },
  {
    name: 'the key that is not pinned yet',
    reason: 'saml.unknown_certificate',
    forge: (idp) => idp.issue({ key: idp.keys.next }),
  },
  {
    name: 'the response is signed by the provider, its assertion by somebody else',
    reason: 'saml.unknown_certificate',
    forge: (idp) => idp.sign(idp.issue({ signs: ['Assertion'], key: idp.keys.attacker }), 'Response'),
  },
  {
    name: 'the name was changed after signing',
    reason: 'saml.digest_mismatch',
    forge: (idp) =>
      idp.issue({ signs: ['Assertion'] }).replace('maria@customer.example</saml:NameID>', `${victim}</saml:NameID>`),
  },
  {
    name: 'name and digest were changed after signing',
    reason: 'saml.signature_invalid',
    forge: (idp) => {
      const genuine = idp.issue({ signs: ['Assertion'] })
      const forged = idp.issue({ signs: ['Assertion'], key: idp.keys.attacker, facts: { nameId: victim } })
      const value = /<dsig:SignatureValue>[^<]*/
      const keyInfo = /<dsig:KeyInfo>[\s\S]*?<\/dsig:KeyInfo>/
      return forged.replace(value, value.exec(genuine)?.[0] ?? '').replace(keyInfo, keyInfo.exec(genuine)?.[0] ?? '')
    },
  },
  {
    name: 'RSA with SHA-1',
    reason: 'saml.signature_algorithm_refused',
    forge: signedWith({ signatureAlgorithm: algorithms.rsaSha1 }),
  },
  {
    name: 'a digest with SHA-1',
    reason: 'saml.digest_algorithm_refused',
    forge: signedWith({ digestAlgorithm: algorithms.sha1 }),
  },
  {
    name: "an HMAC with the provider's public certificate as its key",
    reason: 'saml.signature_algorithm_refused',
    forge: (idp) =>
      signedWith({
        signatureAlgorithm: algorithms.hmacSha256,
        key: createSecretKey(Buffer.from(idp.keys.current.certificate)),
      })(idp),
  },
  {
    name: 'the algorithm says RSA, the pinned key is elliptic',
    reason: 'saml.signature_invalid',
    forge: (idp) => idp.issue({ key: { ...idp.keys.current, certificate: idp.keys.ec.certificate } }),
    expects: (idp) => ({ certificates: [idp.keys.ec.certificate] }),
  },
  {
    name: 'a transform that keeps comments',
    reason: 'saml.transform_refused',
    forge: signedWith({ transforms: [enveloped, exclusiveWithComments] }),
  },
  {
    name: 'inclusive canonicalisation',
    reason: 'saml.transform_refused',
    forge: signedWith({ transforms: [enveloped, inclusive] }),
  },
  {
    name: 'an XPath transform',
    reason: 'saml.transform_refused',
    forge: signedWith({ transforms: [enveloped, xpath, exclusive] }),
  },
  {
    name: 'an XSLT transform',
    reason: 'saml.transform_refused',
    forge: signedWith({ transforms: [enveloped, xslt, exclusive] }),
  },
  {
    name: 'the enveloped transform alone',
    reason: 'saml.transform_refused',
    forge: signedWith({ transforms: [enveloped] }),
  },
  {
    name: 'a transform with a parameter of its own',
    reason: 'saml.transform_refused',
    forge: changed((xml) =>
      xml.replace(/<dsig:Transform ([^>]*)\/>/, '<dsig:Transform $1><x xmlns="urn:x"/></dsig:Transform>'),
    ),
  },
  {
    name: 'SignedInfo canonicalised inclusively',
    reason: 'saml.canonicalization_refused',
    forge: signedWith({ canonicalization: inclusive }),
  },
  {
    name: 'SignedInfo canonicalised with comments',
    reason: 'saml.canonicalization_refused',
    forge: signedWith({ canonicalization: exclusiveWithComments }),
  },
  {
    name: 'a list of thousands of prefixes to canonicalise',
    reason: 'saml.transform_refused',
    forge: changed((xml) =>
      xml.replace(
        /<dsig:Transform ([^>]*exc-c14n#")\/>/,
        `<dsig:Transform $1><c:InclusiveNamespaces xmlns:c="${exclusive}" PrefixList="${'p '.repeat(50_000)}"/></dsig:Transform>`,
      ),
    ),
  },
  {
    name: 'a second SignedInfo outside of any signature',
    reason: 'saml.signature_misplaced',
    forge: (idp) => {
      const signed = idp.issue({ signs: ['Assertion'] })
      const stray = `<dsig:SignedInfo xmlns:dsig="${ns.signature}"/>`
      return signed.replace('<samlp:Status>', `<samlp:Extensions>${stray}</samlp:Extensions>$&`)
    },
  },
  {
    name: 'two references',
    reason: 'saml.reference_count',
    forge: signedWith({ alsoSigns: "//*[local-name(.)='Response']" }),
  },
  {
    name: 'the signature in the assertion speaks of the response',
    reason: 'saml.reference_elsewhere',
    forge: (idp) => {
      const signed = idp.issue({ signs: ['Response'] })
      const signature = signatureIn(signed)
      return signed.replace(signature, '').replace('<saml:Subject>', () => `${signature}<saml:Subject>`)
    },
  },
  {
    name: 'an empty reference: the whole document',
    reason: 'saml.reference_elsewhere',
    forge: changed((xml) => xml.replace('URI="#_assertion-1"', 'URI=""')),
  },
  {
    name: 'a reference by XPointer',
    reason: 'saml.reference_elsewhere',
    forge: changed((xml) => xml.replace('#_assertion-1', "#xpointer(id('_assertion-1'))")),
  },
  {
    name: 'a reference to a file elsewhere',
    reason: 'saml.reference_elsewhere',
    forge: changed((xml) => xml.replace('#_assertion-1', 'https://evil.example/assertion.xml')),
  },
  {
    name: 'the pinned certificate has ended',
    reason: 'saml.certificate_out_of_date',
    forge: (idp) => idp.issue(),
    expects: (idp) => ({
      certificates: [
        certify('Identity provider', idp.keys.current.privateKey, { notAfter: '2026-11-24T07:59:59Z' }).certificate,
      ],
    }),
  },
  {
    name: 'the pinned certificate has not begun',
    reason: 'saml.certificate_out_of_date',
    forge: (idp) => idp.issue(),
    expects: (idp) => ({
      certificates: [
        certify('Identity provider', idp.keys.current.privateKey, { notBefore: '2026-11-25T00:00:00Z' }).certificate,
      ],
    }),
  },
  {
    name: 'the pinned key has 1024 bits',
    reason: 'saml.pinned_certificates_unusable',
    forge: (idp) => idp.issue(),
    expects: () => ({ certificates: [makeSamlKey('Weak', 'weakRsa').certificate] }),
  },
  {
    name: 'no certificate is pinned',
    reason: 'saml.pinned_certificates_unusable',
    forge: (idp) => idp.issue(),
    expects: () => ({ certificates: [] }),
  },
  {
    name: 'three certificates are pinned',
    reason: 'saml.pinned_certificates_unusable',
    forge: (idp) => idp.issue(),
    expects: ({ keys }) => ({
      certificates: [keys.current.certificate, keys.next.certificate, keys.ec.certificate],
    }),
  },
]
