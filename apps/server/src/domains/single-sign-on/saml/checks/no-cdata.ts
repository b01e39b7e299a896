import type { Check } from '../refusal.ts'

/** Parsers differ in how CDATA joins its neighbours; no identity provider needs it. */
export const noCdata: Check<string> = {
  name: 'no-cdata',
  run: (text) => (text.includes('<![CDATA[') ? { reason: 'saml.cdata_refused' } : undefined),
}
