import { readCertificate } from '../certificates.ts'
import type { Check } from '../refusal.ts'
import type { SamlConnection } from '../subjects.ts'

const smallestRsaBits = 2048

/** One certificate, or two while the provider rolls its key, each strong enough to be worth pinning. */
export const pinnedCertificates: Check<{ connection: SamlConnection }> = {
  name: 'pinned-certificates',
  run: ({ connection }) => {
    const read = connection.certificates.map((pem) => readCertificate(pem))
    const keys = read.map((certificate) =>
      certificate ? `${certificate.keyType} ${certificate.keyBits}` : 'unreadable',
    )
    const areStrong = read.every(
      (certificate) =>
        certificate && (certificate.keyType === 'ec' || isStrongRsa(certificate.keyType, certificate.keyBits)),
    )
    if (areStrong && (keys.length === 1 || keys.length === 2)) return undefined
    return { reason: 'saml.pinned_certificates_unusable', observed: { keys }, expected: { rsaBits: smallestRsaBits } }
  },
}

const isStrongRsa = (type: string, bits: number) => type === 'rsa' && bits >= smallestRsaBits
