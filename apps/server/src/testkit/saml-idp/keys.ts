import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { selfSignedCertificate } from '../../domains/single-sign-on/saml/self-signed-certificate.ts'

export type SamlKey = Readonly<{ privateKey: KeyObject; privatePem: string; certificate: string }>

type Validity = { notBefore?: string; notAfter?: string }

const kinds = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  weakRsa: () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
}

/** A new key with a certificate of its own; valid all through the tests' day unless said otherwise. */
export function makeSamlKey(commonName: string, kind: keyof typeof kinds = 'rsa', validity: Validity = {}): SamlKey {
  const { privateKey } = kinds[kind]()
  return certify(commonName, privateKey, validity)
}

/** Another certificate for a key that exists. */
export function certify(commonName: string, privateKey: KeyObject, validity: Validity): SamlKey {
  const certificate = selfSignedCertificate({
    commonName,
    privateKey,
    notBefore: new Date(validity.notBefore ?? '2025-01-01T00:00:00Z'),
    notAfter: new Date(validity.notAfter ?? '2035-01-01T00:00:00Z'),
    serialNumber: randomBytes(15),
  })
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { privateKey, privatePem, certificate }
}
