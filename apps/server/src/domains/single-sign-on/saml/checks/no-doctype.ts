import type { Check } from '../refusal.ts'

/** No document type, so no entity of the sender's, no external file, no "billion laughs". */
export const noDoctype: Check<string> = {
  name: 'no-doctype',
  run: (text) => (/<!(?!--|\[CDATA\[)/.test(text) ? { reason: 'saml.doctype_refused' } : undefined),
}
