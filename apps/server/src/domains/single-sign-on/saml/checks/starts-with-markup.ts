import type { Check } from '../refusal.ts'

export const startsWithMarkup: Check<string> = {
  name: 'starts-with-markup',
  run: (text) => (text.startsWith('<') ? undefined : { reason: 'saml.leading_bytes' }),
}
