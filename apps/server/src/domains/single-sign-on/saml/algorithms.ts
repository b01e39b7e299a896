/** The only algorithms we take part in. SHA-1, HMAC, RSA 1.5 and whatever is not named here are refused. */
export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'

export type DigestName = 'sha256' | 'sha384' | 'sha512'

export const digestAlgorithms: ReadonlyMap<string, DigestName> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

export const signatureAlgorithms: ReadonlyMap<string, { keyType: 'rsa' | 'ec'; digest: DigestName }> = new Map([
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', { keyType: 'rsa', digest: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', { keyType: 'rsa', digest: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', { keyType: 'rsa', digest: 'sha512' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', { keyType: 'ec', digest: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', { keyType: 'ec', digest: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', { keyType: 'ec', digest: 'sha512' }],
])

export type Cipher = Readonly<{ name: string; keyBytes: number; mode: 'gcm' | 'cbc' }>

export const contentCiphers: ReadonlyMap<string, Cipher> = new Map([
  ['http://www.w3.org/2009/xmlenc11#aes128-gcm', { name: 'aes-128-gcm', keyBytes: 16, mode: 'gcm' }],
  ['http://www.w3.org/2009/xmlenc11#aes192-gcm', { name: 'aes-192-gcm', keyBytes: 24, mode: 'gcm' }],
  ['http://www.w3.org/2009/xmlenc11#aes256-gcm', { name: 'aes-256-gcm', keyBytes: 32, mode: 'gcm' }],
  ['http://www.w3.org/2001/04/xmlenc#aes128-cbc', { name: 'aes-128-cbc', keyBytes: 16, mode: 'cbc' }],
  ['http://www.w3.org/2001/04/xmlenc#aes192-cbc', { name: 'aes-192-cbc', keyBytes: 24, mode: 'cbc' }],
  ['http://www.w3.org/2001/04/xmlenc#aes256-cbc', { name: 'aes-256-cbc', keyBytes: 32, mode: 'cbc' }],
])

const oaepWithMgf1Sha1 = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p'
const oaep = 'http://www.w3.org/2009/xmlenc11#rsa-oaep'

export const keyTransports: readonly string[] = [oaepWithMgf1Sha1, oaep]

const oaepDigests: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

/**
 * The hash of an RSA-OAEP key transport. SHA-1 has no known weakness inside OAEP and is its default, so it stays.
 * OpenSSL as Node opens it uses one hash for both label and mask: a transport that names two is refused.
 */
export function oaepHash(transport: { algorithm: string; digest?: string; mask?: string }): string | undefined {
  const digest = oaepDigests.get(transport.digest ?? 'http://www.w3.org/2000/09/xmldsig#sha1')
  const mask = transport.algorithm === oaep ? (transport.mask?.split('#mgf1')[1] ?? 'sha1') : 'sha1'
  return keyTransports.includes(transport.algorithm) && digest === mask ? digest : undefined
}
