import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

export type CertificateSummary = Readonly<{
  /** SHA-256, in upper-case pairs with colons, as identity providers print it. */
  fingerprint: string
  subject: string
  notBefore: Date
  notAfter: Date
  keyType: string
  keyBits: number
}>

export type Certificate = CertificateSummary & Readonly<{ pem: string }>

export type PinnedKey = Readonly<{ certificate: Certificate; publicKey: KeyObject }>

/** Days before the end at which an administrator is warned. */
export const expiryWarningDays = [60, 30, 7, 1] as const

export type CertificateExpiry = Readonly<{
  daysLeft: number
  /** The narrowest limit that has been passed, 0 once it has ended, undefined while there is time. */
  warning: (typeof expiryWarningDays)[number] | 0 | undefined
}>

const dayMs = 86_400_000

/** Reads PEM, or the bare base64 that metadata holds; undefined for what is no certificate. */
export function readCertificate(text: string): Certificate | undefined {
  const base64 = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]{64,32768}={0,2}$/.test(base64)) return undefined
  const certificate = parse(Buffer.from(base64, 'base64'))
  if (!certificate) return undefined
  const { publicKey } = certificate
  return {
    fingerprint: certificate.fingerprint256,
    subject: certificate.subject?.replaceAll('\n', ', ') ?? '',
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    keyType: publicKey.asymmetricKeyType ?? 'unknown',
    keyBits: bitsOf(publicKey),
    pem: certificate.toString(),
  }
}

export function pinnedKey(certificate: Certificate): PinnedKey {
  return { certificate, publicKey: createPublicKey(certificate.pem) }
}

export function certificateExpiry({ notAfter }: Pick<CertificateSummary, 'notAfter'>, now: Date): CertificateExpiry {
  const leftMs = notAfter.getTime() - now.getTime()
  if (leftMs <= 0) return { daysLeft: Math.ceil(leftMs / dayMs), warning: 0 }
  const warning = expiryWarningDays.findLast((days) => leftMs <= days * dayMs)
  return { daysLeft: Math.floor(leftMs / dayMs), warning }
}

function parse(der: Buffer): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(der)
    // Node unpacks the key only when asked: a certificate whose key it cannot read is none for us.
    return certificate.publicKey ? certificate : undefined
  } catch {
    return undefined
  }
}

function bitsOf(key: KeyObject): number {
  const curves: Record<string, number> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }
  return key.asymmetricKeyDetails?.modulusLength ?? curves[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 0
}
