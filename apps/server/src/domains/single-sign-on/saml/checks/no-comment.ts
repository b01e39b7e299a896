import type { Check } from '../refusal.ts'

/** A signature does not cover comments, so whoever carries the message could cut a name in two with one. */
export const noComment: Check<string> = {
  name: 'no-comment',
  run: (text) => (text.includes('<!--') ? { reason: 'saml.comment_refused' } : undefined),
}
