import { isUtf8 } from 'node:buffer'
import type { Check } from '../refusal.ts'

/** UTF-8 without a byte order mark: in UTF-16 or UTF-7 the same bytes are other characters to another parser. */
export const plainUtf8: Check<Buffer> = {
  name: 'plain-utf8',
  run: (bytes) => {
    const starts = (...mark: number[]) => mark.every((byte, index) => bytes[index] === byte)
    if (starts(0xfe, 0xff) || starts(0xff, 0xfe))
      return { reason: 'saml.encoding_refused', observed: { found: 'utf-16' } }
    if (starts(0xef, 0xbb, 0xbf)) return { reason: 'saml.encoding_refused', observed: { found: 'byte order mark' } }
    if (bytes.includes(0)) return { reason: 'saml.encoding_refused', observed: { found: 'zero byte' } }
    if (!isUtf8(bytes)) return { reason: 'saml.encoding_refused', observed: { found: 'invalid utf-8' } }
    return undefined
  },
}
