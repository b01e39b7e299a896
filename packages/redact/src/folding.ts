/**
 * Letters beyond ASCII without their accents and in small letters, one for one: `ΠΑΠΑΣ`, `Πάπας` and `πάπας` are one word. Only
 * letters of two bytes that become letters of two bytes are folded, so that places in a text and in its bytes stay what they are.
 */
const FIRST = 0x80
const LAST = 0x7ff
const FINAL_SIGMA = 0x3c2
const SIGMA = 0x3c3

const FOLDED = Uint16Array.from({ length: LAST + 1 }, (_, code) => foldedCode(code))

function foldedCode(code: number): number {
  if (code < FIRST) return code
  const small = String.fromCharCode(code).toLowerCase()
  const bare = small.normalize('NFD').charCodeAt(0)
  const folded = bare >= FIRST ? bare : small.length === 1 ? small.charCodeAt(0) : code
  if (folded === FINAL_SIGMA) return SIGMA
  return folded >= FIRST && folded <= LAST ? folded : code
}

/** As long as the text is. */
export function foldText(text: string): string {
  return text.replace(/[\u0080-\u07ff]+/g, (run) => {
    let folded = ''
    for (let i = 0; i < run.length; i += 1) folded += String.fromCharCode(FOLDED[run.charCodeAt(i)] ?? 0)
    return folded
  })
}

/** The same for UTF-8, in which accents that stand behind their letters are left out. Undefined when there is nothing to fold. */
export function foldBytes(bytes: Uint8Array): Uint8Array | undefined {
  let at = 0
  while (at < bytes.length && !isLead(bytes[at] ?? 0)) at += 1
  if (at === bytes.length) return undefined
  const out = bytes.slice()
  let length = at
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (!isLead(byte)) {
      out[length] = byte
      length += 1
      continue
    }
    at += 1
    const code = ((byte & 0x1f) << 6) | ((bytes[at] ?? 0) & 0x3f)
    if (isMark(code)) continue
    const folded = FOLDED[code] ?? 0
    out[length] = 0xc0 | (folded >> 6)
    out[length + 1] = 0x80 | (folded & 0x3f)
    length += 2
  }
  return out.subarray(0, length)
}

/** The first byte of two. */
function isLead(byte: number): boolean {
  return byte >= 0xc2 && byte <= 0xdf
}

/** An accent that stands behind its letter. */
function isMark(code: number): boolean {
  return code >= 0x300 && code <= 0x36f
}

/** How else a text is written that has such letters: in capitals and without accents. The text itself is not among them. */
export function spellingsOf(text: string): string[] {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '')
  const spellings = [bare, text, bare].flatMap((base, i) =>
    i === 0 ? [base] : [base.toLowerCase(), base.toUpperCase()],
  )
  return [...new Set([...spellings, text.normalize('NFD')])].filter((spelling) => spelling !== text)
}
