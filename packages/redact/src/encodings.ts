const MAX_ENCODED = 8_192

/** Every written form in which a value may occur in a file: as it is, percent-, form-, JSON-, HTML-escaped, base64, hex. */
export function encodedForms(value: string): string[] {
  const text = value.slice(0, MAX_ENCODED).replace(LONE_SURROGATES, '\ufffd')
  const percent = encodeURIComponent(text)
  const strict = percent.replace(/[!'()*._~-]/g, percentOf)
  const json = JSON.stringify(text).slice(1, -1)
  const forms = new Set([
    value,
    percent,
    strict,
    percent.replaceAll('%20', '+'),
    encodeURIComponent(percent),
    json,
    json.replaceAll('/', '\\/'),
    unicodeEscaped(text),
    JSON.stringify(json).slice(1, -1),
    htmlEscaped(text, '&#39;', '&quot;'),
    htmlEscaped(text, '&#x27;', '&#34;'),
    ...base64Forms(new TextEncoder().encode(text)),
  ])
  return [...forms]
}

const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function percentOf(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

function unicodeEscaped(text: string): string {
  return text.replace(/[^\x20-\x7e]|[<>&'"\\]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function htmlEscaped(text: string, apostrophe: string, quote: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe)
}

/** A value inside a longer base64 text starts at one of three alignments; the characters that mix with neighbours are cut. */
function base64Forms(bytes: Uint8Array): string[] {
  const forms: string[] = [hexOf(bytes)]
  for (let offset = 0; offset < 3; offset += 1) {
    const padded = new Uint8Array(offset + bytes.length)
    padded.set(bytes, offset)
    const encoded = toBase64(padded).replace(/=+$/, '')
    const from = offset === 0 ? 0 : offset + 1
    const cut = (offset + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1
    const core = encoded.slice(from, cut)
    forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return forms.filter((form) => form.length >= 8)
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(binary)
}

/** Standard or URL alphabet, with or without padding; undefined when it is neither. */
export function fromBase64(text: string): Uint8Array | undefined {
  const compact = text
    .replace(/[\s=]+/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  if (compact.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(compact)) return undefined
  return Uint8Array.from(atob(compact), (char) => char.charCodeAt(0))
}

export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes)
}

/**
 * What a text says once its escapes are undone. Independent of `encodedForms`, so that one can check the other:
 * the sanitiser erases encoded forms, its last check decodes what is left and looks for the plain values.
 */
export function decodedViews(text: string): string[] {
  const views: string[] = []
  const percent = text.includes('%') ? decodePercent(text) : text
  if (percent !== text) {
    views.push(percent)
    const twice = percent.includes('%') ? decodePercent(percent) : percent
    if (twice !== percent) views.push(twice)
  }
  if (text.includes('\\')) views.push(decodeBackslashes(text))
  if (text.includes('&')) views.push(decodeEntities(text))
  views.push(...decodedRuns(text))
  return views
}

/** Never throws: what is no valid escape stays as it is. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = new Uint8Array(run.length / 3)
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(run.slice(i * 3 + 1, i * 3 + 3), 16)
    return decodeUtf8(bytes)
  })
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function decodeBackslashes(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))/g, (_, unicode, hex, char) => {
    if (unicode !== undefined || hex !== undefined) return String.fromCharCode(Number.parseInt(unicode ?? hex, 16))
    return SIMPLE_ESCAPES[char] ?? char
  })
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()] ?? whole
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const MAX_RUN = 65_536

function decodedRuns(text: string): string[] {
  const views: string[] = []
  for (const match of text.matchAll(/[A-Za-z0-9+/_-]{12,}/g)) {
    const run = match[0].slice(0, MAX_RUN)
    if (/^[0-9a-f]+$/i.test(run)) views.push(decodeHex(run), decodeHex(run.slice(1)))
    for (let offset = 0; offset < 4; offset += 1) {
      const aligned = run.slice(offset)
      const bytes = fromBase64(aligned.slice(0, aligned.length - (aligned.length % 4 === 1 ? 1 : 0)))
      if (bytes !== undefined) views.push(decodeUtf8(bytes))
    }
  }
  return views
}

function decodeHex(run: string): string {
  let out = ''
  for (let i = 0; i + 1 < run.length; i += 2) out += String.fromCharCode(Number.parseInt(run.slice(i, i + 2), 16))
  return out
}
