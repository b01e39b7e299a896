import { createHmac } from 'node:crypto'
import type { ExportMasks, MaskMode } from '@clew/contract/exports'

/** `text`: what people wrote; whatever else is masked is looked for in it too. `json`: the same in a structure. */
export type ColumnKind = 'plain' | 'email' | 'name' | 'address' | 'text' | 'json'

export type Masking = { masks: ExportMasks; salt: string }

/** Masks one value. `people`: names that may stand in what was written. */
export function masked(
  value: unknown,
  kind: ColumnKind,
  { masks, salt, people }: Masking & { people: readonly string[] },
): unknown {
  if (value === undefined || value === null || value === '') return value ?? null
  switch (kind) {
    case 'plain':
      return value
    case 'email':
      return apply(String(value), masks.email, { salt, shorten: shortEmail })
    case 'name':
      return apply(String(value), masks.names, { salt, shorten: initials })
    case 'address':
      return apply(String(value), masks.addresses, { salt, shorten: shortAddress })
    case 'text':
      return maskedText(String(value), { masks, salt, people })
    case 'json':
      return maskedJson(value, { masks, salt, people })
  }
}

type How = { salt: string; shorten(value: string): string }

function apply(value: string, mode: MaskMode, { salt, shorten }: How): string | null {
  switch (mode) {
    case 'shown':
      return value
    case 'shortened':
      return shorten(value)
    case 'hashed':
      return hashOf(value, salt)
    case 'hidden':
      return null
  }
}

/** Equal values of one export have equal hashes. */
const hashOf = (value: string, salt: string): string =>
  `h:${createHmac('sha256', salt).update(value.trim().toLowerCase()).digest('hex').slice(0, 20)}`

const shortEmail = (value: string): string => {
  const at = value.lastIndexOf('@')
  return at < 1 ? '…' : `${[...value][0]}…${value.slice(at)}`
}

const initials = (value: string): string =>
  value
    .trim()
    .split(/\s+/)
    .map((word) => `${[...word][0]}.`)
    .join(' ')

/** Of a network address the network, of the address of a page where it is. */
function shortAddress(value: string): string {
  if (/^\d+(\.\d+){3}$/.test(value)) return value.replace(/\.\d+$/, '.0/24')
  if (URL.canParse(value)) return new URL(value).host === '' ? '…' : new URL(value).origin
  return value.includes(':') ? `${value.split(':').slice(0, 3).join(':')}::/48` : '…'
}

const shortLength = 40
const shortText = (value: string): string => {
  const characters = [...value]
  return characters.length <= shortLength ? value : `${characters.slice(0, shortLength).join('')}…`
}

type Written = Masking & { people: readonly string[] }

function maskedText(value: string, written: Written): string | null {
  const { masks, salt } = written
  if (masks.bodies === 'hidden') return null
  if (masks.bodies === 'hashed') return hashOf(value, salt)
  const clean = scrubbed(value, written)
  return masks.bodies === 'shortened' ? shortText(clean) : clean
}

function maskedJson(value: unknown, written: Written): unknown {
  if (written.masks.bodies === 'hidden') return null
  if (typeof value === 'string') return maskedText(value, written)
  if (Array.isArray(value)) return value.map((each) => maskedJson(each, written))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, maskedJson(each, written)]))
}

const emailIn = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const pageIn = /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"']+/giu
const networkIn =
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|(?<![\p{L}\p{N}:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?=[0-9a-f:]{0,37}::)[0-9a-f:]{3,39})(?![\p{L}\p{N}:])/giu

/** Takes out of what was written whatever is masked elsewhere. */
function scrubbed(value: string, { masks, salt, people }: Written): string {
  let text = value
  const instead = (mode: MaskMode, word: string, shorten: (found: string) => string) => (found: string) =>
    apply(found, mode, { salt, shorten }) ?? `[${word}]`
  if (masks.addresses !== 'shown') {
    text = text.replaceAll(pageIn, instead(masks.addresses, 'address', shortAddress))
    text = text.replaceAll(networkIn, instead(masks.addresses, 'address', shortAddress))
  }
  if (masks.email !== 'shown') text = text.replaceAll(emailIn, instead(masks.email, 'email', shortEmail))
  const names = masks.names === 'shown' ? undefined : namesIn(people)
  return names === undefined ? text : text.replaceAll(names, instead(masks.names, 'name', initials))
}

/** Whole names first, then their parts that are long enough to be no other word by chance. */
function namesIn(people: readonly string[]): RegExp | undefined {
  const whole = people.map((name) => name.trim()).filter((name) => name.length > 1)
  const parts = whole.flatMap((name) => name.split(/[\s,]+/)).filter((part) => part.length > 2)
  const all = [...new Set([...whole, ...parts])].sort((a, b) => b.length - a.length)
  if (all.length === 0) return undefined
  const either = all.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)).join('|')
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${either})(?![\p{L}\p{N}])`, 'giu')
}
