import { fetchCertificate } from './api.ts'

/** Saves a certificate as a file, with all that is needed to check it. */
export async function saveCertificate(id: string): Promise<void> {
  const certificate = await fetchCertificate(id)
  const blob = new Blob([JSON.stringify(certificate, undefined, 2)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `certificate-${id}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
