import type { Check } from '../refusal.ts'

export const maximumBytes = 256 * 1024

/** Before anything is decoded: a message of 256 KB in base64, with its line breaks. */
export const sizeLimit: Check<string> = {
  name: 'size-limit',
  run: (encoded) => {
    const bytes = Math.floor((encoded.replace(/[\r\n]/g, '').length * 3) / 4)
    if (bytes <= maximumBytes && encoded.length <= maximumBytes * 2) return undefined
    return { reason: 'saml.too_large', observed: { bytes }, expected: { bytes: maximumBytes } }
  },
}
