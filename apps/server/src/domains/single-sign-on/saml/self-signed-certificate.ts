import { createPublicKey, type KeyObject, sign } from 'node:crypto'

export type CertificateRequest = Readonly<{
  commonName: string
  notBefore: Date
  notAfter: Date
  privateKey: KeyObject
  /** Up to 19 bytes by chance, so that no two certificates of one name share a number. */
  serialNumber: Buffer
}>

/**
 * A certificate for our own key, as identity providers want one to pin. Node cannot make them, and the few
 * bytes of DER are simpler than a library: version 3, a serial number, one common name, no extensions.
 */
export function selfSignedCertificate(request: CertificateRequest): string {
  const { commonName, notBefore, notAfter, privateKey, serialNumber } = request
  const algorithm = privateKey.asymmetricKeyType === 'ec' ? ecdsaWithSha256 : rsaWithSha256
  const name = sequence(set(sequence(commonNameOid, der(0x0c, Buffer.from(commonName, 'utf8')))))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.concat([Buffer.from([0x01]), serialNumber]))
  const validity = sequence(moment(notBefore), moment(notAfter))
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const body = sequence(version, serial, algorithm, name, validity, name, publicKey)
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]))
  return pem(sequence(body, algorithm, signature))
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts))
const set = (...parts: Buffer[]) => der(0x31, Buffer.concat(parts))

const commonNameOid = Buffer.from('0603550403', 'hex')
const rsaWithSha256 = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex')

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content])
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
function moment(date: Date): Buffer {
  const digits = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits))
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}
