import { type Check, shown } from '../refusal.ts'

const plain = /^<\?xml version=(["'])1\.0\1(?: encoding=(["'])utf-8\2)?(?: standalone=(["'])(?:yes|no)\3)? ?\?>/i

/** The one thing before the root that is let through: `<?xml version="1.0" encoding="UTF-8"?>`. */
export const declaredEncoding: Check<string> = {
  name: 'declared-encoding',
  run: (text) => {
    if (!/^<\?xml\s/i.test(text) || plain.test(text)) return undefined
    return { reason: 'saml.encoding_refused', observed: { found: shown(text.slice(0, text.indexOf('>') + 1)) } }
  },
}
