import type { RetentionCertificate } from '@clew/contract/retention'
import { fetchCertificate } from './api.ts'

export const saveCertificate = async (id: string): Promise<void> => saveAsFile(await fetchCertificate(id))

/** Saves a certificate as a file, with all that is needed to check it. */
export function saveAsFile(certificate: RetentionCertificate): void {
  const blob = new Blob([JSON.stringify(certificate, undefined, 2)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `certificate-${certificate.id}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
