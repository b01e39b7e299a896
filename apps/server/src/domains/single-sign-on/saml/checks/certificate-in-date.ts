import type { Check } from '../refusal.ts'
import { clockSkewMs, type KeySubject } from '../subjects.ts'

/** The certificate whose key fitted must be valid today: its owner has said that it ends. */
export const certificateInDate: Check<KeySubject> = {
  name: 'certificate-in-date',
  run: ({ key: { certificate }, now }) => {
    const { fingerprint, notBefore, notAfter } = certificate
    const isInDate = now.getTime() < notAfter.getTime() && now.getTime() >= notBefore.getTime() - clockSkewMs
    if (isInDate) return undefined
    const observed = { fingerprint, notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() }
    return { reason: 'saml.certificate_out_of_date', observed, expected: { now: now.toISOString() } }
  },
}
