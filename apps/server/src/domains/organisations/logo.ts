import { createHash } from 'node:crypto'
import sanitizeHtml from 'sanitize-html'
import type { StoredLogo } from './model.settings.ts'

const longestSide = 4096

/** Makes an uploaded picture safe to serve, or answers undefined where it is none that we take. */
export function cleanLogo(bytes: Buffer): StoredLogo | undefined {
  const png = cleanPng(bytes)
  const svg = png ? undefined : cleanSvg(bytes)
  const clean = png ?? svg
  if (!clean) return undefined
  const hash = createHash('sha256').update(clean).digest('hex').slice(0, 32)
  return { hash, type: png ? 'png' : 'svg', bytes: clean }
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const keptChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'sRGB', 'IDAT', 'IEND'])

/** Only what the picture itself needs: no places, names or comments that a program left in it (PNG 3, 11). */
function cleanPng(bytes: Buffer): Buffer | undefined {
  if (!bytes.subarray(0, 8).equals(signature)) return undefined
  const kept: Buffer[] = [signature]
  const seen: string[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) return undefined
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (seen.length === 0 && !(type === 'IHDR' && length === 13 && isOfUsableSize(bytes, at + 8))) return undefined
    if (keptChunks.has(type)) kept.push(bytes.subarray(at, end))
    seen.push(type)
    if (type === 'IEND') return seen.includes('IDAT') ? Buffer.concat(kept) : undefined
    at = end
  }
  return undefined
}

function isOfUsableSize(bytes: Buffer, at: number): boolean {
  const [width, height] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]
  return width > 0 && height > 0 && width <= longestSide && height <= longestSide
}

const shapes = 'svg g defs title desc path rect circle ellipse line polyline polygon'.split(' ')
const paints = 'linearGradient radialGradient stop clipPath mask use symbol'.split(' ')
const attributes = [
  'id viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform preserveAspectRatio fx fy offset',
  'fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray',
  'stroke-dashoffset stroke-opacity opacity color stop-color stop-opacity gradientUnits gradientTransform spreadMethod',
  'clip-path clip-rule mask maskUnits maskContentUnits clipPathUnits href xlink:href xmlns xmlns:xlink role aria-label',
].flatMap((line) => line.split(' '))

/** A drawing of shapes and paints: no scripts, styles, pictures, words or anything from elsewhere. */
function cleanSvg(bytes: Buffer): Buffer | undefined {
  let source: string
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not text at all.
    return undefined
  }
  // The first element is the drawing: before it come only a declaration, a document type and comments.
  if (!/^<svg[\s>]/.test(source.slice(source.search(/<[a-z]/i)))) return undefined
  const clean = sanitizeHtml(source, allowed).trim()
  if (!/^<svg[\s>]/.test(clean) || !clean.endsWith('</svg>') || !/<(?:path|rect|circle|ellipse|line|poly)/.test(clean))
    return undefined
  const named = /^<svg[^>]*\sxmlns=/.test(clean)
    ? clean
    : clean.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
  return Buffer.from(named)
}

const allowed: sanitizeHtml.IOptions = {
  allowedTags: [...shapes, ...paints],
  allowedAttributes: { '*': attributes },
  allowedSchemes: [],
  allowedSchemesAppliedToAttributes: [],
  nonTextTags: ['script', 'style', 'textarea', 'option', 'foreignObject', 'text', 'metadata', 'xml'],
  nestingLimit: 40,
  parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
  transformTags: {
    '*': (tagName, attribs) => ({
      tagName,
      attribs: Object.fromEntries(Object.entries(attribs).filter(([name, value]) => isHarmless(name, value))),
    }),
  },
}

/** References lead to a part of the same drawing or nowhere. */
function isHarmless(name: string, value: string): boolean {
  if (name === 'xmlns') return value === 'http://www.w3.org/2000/svg'
  if (name === 'xmlns:xlink') return value === 'http://www.w3.org/1999/xlink'
  if (/href$/i.test(name)) return /^#[\w.-]{1,100}$/.test(value)
  const withoutOwn = value.replaceAll(/url\(\s*["']?#[\w.-]{1,100}["']?\s*\)/gi, '')
  return !/url\s*\(|javascript:|data:|[\\<>]|&|@import|expression/i.test(withoutOwn)
}
