import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { ns } from '../../domains/single-sign-on/saml/xml/walk.ts'

export type EncryptOptions = Readonly<{
  certificate: string
  cipher: keyof typeof ciphers
  transport: keyof typeof transports
}>

const ciphers = {
  'aes-256-gcm': { uri: 'http://www.w3.org/2009/xmlenc11#aes256-gcm', keyBytes: 32, ivBytes: 12 },
  'aes-128-gcm': { uri: 'http://www.w3.org/2009/xmlenc11#aes128-gcm', keyBytes: 16, ivBytes: 12 },
  'aes-256-cbc': { uri: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc', keyBytes: 32, ivBytes: 16 },
  'aes-128-cbc': { uri: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc', keyBytes: 16, ivBytes: 16 },
  'des-ede3-cbc': { uri: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc', keyBytes: 24, ivBytes: 8 },
} as const

const sha256Parameters =
  '<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha256"/>'

const { RSA_PKCS1_OAEP_PADDING: oaep, RSA_PKCS1_PADDING: pkcs1 } = constants
const transports = {
  oaepSha1: { uri: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p', parameters: '', padding: oaep, hash: 'sha1' },
  oaepSha256: {
    uri: 'http://www.w3.org/2009/xmlenc11#rsa-oaep',
    parameters: sha256Parameters,
    padding: oaep,
    hash: 'sha256',
  },
  rsa15: { uri: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5', parameters: '', padding: pkcs1, hash: 'sha1' },
} as const

/** An EncryptedAssertion with its key inside, as most providers write it. */
export function encryptAssertion(assertion: string, { certificate, cipher, transport }: EncryptOptions): string {
  const { uri, keyBytes, ivBytes } = ciphers[cipher]
  const { padding, hash, parameters, uri: transportUri } = transports[transport]
  const key = randomBytes(keyBytes)
  const wrapped = publicEncrypt({ key: createPublicKey(certificate), padding, oaepHash: hash }, key)
  const content = encryptContent(cipher, key, { iv: randomBytes(ivBytes), text: assertion })
  const method = (algorithm: string, inner = '') =>
    `<xenc:EncryptionMethod Algorithm="${algorithm}">${inner}</xenc:EncryptionMethod>`
  const data = (bytes: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`
  const encryptedKey = `<xenc:EncryptedKey>${method(transportUri, parameters)}${data(wrapped)}</xenc:EncryptedKey>`
  return `<saml:EncryptedAssertion xmlns:saml="${ns.assertion}"><xenc:EncryptedData xmlns:xenc="${ns.encryption}" Type="http://www.w3.org/2001/04/xmlenc#Element">${method(uri)}<ds:KeyInfo xmlns:ds="${ns.signature}">${encryptedKey}</ds:KeyInfo>${data(content)}</xenc:EncryptedData></saml:EncryptedAssertion>`
}

function encryptContent(name: string, key: Buffer, { iv, text }: { iv: Buffer; text: string }): Buffer {
  if (name.endsWith('gcm')) {
    const cipher = createCipheriv(name as 'aes-256-gcm', key, iv)
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  }
  const block = iv.length
  const plain = Buffer.from(text, 'utf8')
  const padding = block - (plain.length % block)
  const cipher = createCipheriv(name, key, iv).setAutoPadding(false)
  return Buffer.concat([iv, cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])), cipher.final()])
}
