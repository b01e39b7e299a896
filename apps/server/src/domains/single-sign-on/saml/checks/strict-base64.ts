import type { Check } from '../refusal.ts'

/** Decoders skip what they do not know, so two of them may see two messages; line breaks alone are let through. */
export const strictBase64: Check<string> = {
  name: 'strict-base64',
  run: (encoded) => {
    const joined = encoded.replace(/\r?\n/g, '')
    const isCanonical = joined !== '' && Buffer.from(joined, 'base64').toString('base64') === joined
    return isCanonical ? undefined : { reason: 'saml.not_base64' }
  },
}
