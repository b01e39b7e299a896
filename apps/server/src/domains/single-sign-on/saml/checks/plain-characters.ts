import type { Check } from '../refusal.ts'
import { isXmlCharacter } from '../xml/reader.ts'

const reference = /&#(?:x([0-9A-Fa-f]+)|([0-9]+));/g

/** Only characters that XML 1.0 has, written out or by number. */
export const plainCharacters: Check<string> = {
  name: 'plain-characters',
  run: (text) => {
    if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(text)) return refusal
    for (const [, hex, decimal] of text.matchAll(reference)) {
      const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16)
      if (!isXmlCharacter(code)) return refusal
    }
    return undefined
  },
}

const refusal = { reason: 'saml.character_refused' } as const
