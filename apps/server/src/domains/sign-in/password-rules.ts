import { createRequire } from 'node:module'
import { fold } from '@clew/text'
import { AppError } from '../../platform/app-error.ts'

/** Whose password it is to be: what of them nobody may use. */
export type About = { email: string; name?: string; brands?: readonly string[] }

/** Refuses a password that is guessed early: one that many have, or that is about whoever has it. */
export function refuseEasyPassword(password: string, about: About): void {
  if (isCommon(password))
    throw new AppError('password.common', {}, { issues: [{ path: 'password', message: 'common' }] })
  if (isAbout(password, about))
    throw new AppError('password.about_you', {}, { issues: [{ path: 'password', message: 'about you' }] })
}

const require = createRequire(import.meta.url)
let known: ReadonlySet<string> | undefined

/** Some ten thousand, the commonest first. */
export function commonest(): readonly string[] {
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common')
  return dictionary['passwords-common']
}

/** Read when first asked for. */
function commonPasswords(): ReadonlySet<string> {
  known ??= new Set(commonest().map((each) => each.toLowerCase()))
  return known
}

/** Whether it is on the list, or only something of the list made longer: written twice, or with digits and signs around. */
export function isCommon(password: string): boolean {
  const folded = fold(password.normalize('NFKC')).replaceAll(/\s+/g, '')
  // Digits and signs alone are tried before any word is.
  if (!/\p{L}/u.test(folded)) return true
  return [folded, plainOf(folded)].some((form) => coresOf(form).some(isListed) || isRun(form))
}

const swaps: Readonly<Record<string, string>> = {
  '@': 'a',
  4: 'a',
  3: 'e',
  1: 'l',
  0: 'o',
  $: 's',
  5: 's',
  7: 't',
  '!': 'i',
}
const plainOf = (text: string): string => text.replaceAll(/[@43105$7!]/g, (sign) => swaps[sign] ?? sign)

/** What is left without the digits and signs that people put around a word: with fewer and fewer of them behind it. */
function coresOf(text: string): string[] {
  const word = text.replace(/[^\p{L}]+$/u, '')
  const trimmed = Array.from({ length: text.length - word.length + 1 }, (_, i) => text.slice(0, text.length - i))
  return [...trimmed, ...trimmed.map((each) => each.replace(/^[^\p{L}]+/u, ''))].filter((each) => each !== '')
}

/** Written as often as it was, or less often. */
function isListed(text: string): boolean {
  const unit = unitOf(text)
  for (let piece = text; piece !== ''; piece = piece.slice(unit.length)) if (commonPasswords().has(piece)) return true
  return false
}

/** The shortest piece that a text is made of by repeating it. */
function unitOf(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1)
  return text.slice(0, at)
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertyuiopasdfghjklzxcvbnm',
]
const longestStrange = 3

/** Whether almost all of it is one run along the keyboard, the alphabet or the digits, forwards or backwards. */
function isRun(text: string): boolean {
  if (new Set(text).size <= longestStrange) return true
  const lines = [...rows, ...rows.map((row) => [...row].reverse().join(''))]
  let rest = text
  while (rest !== '') {
    const run = longestRun(rest, lines)
    if (run < 3) return rest.length <= longestStrange
    rest = rest.slice(run)
  }
  return true
}

function longestRun(text: string, lines: readonly string[]): number {
  let length = 0
  while (length < text.length && lines.some((line) => line.includes(text.slice(0, length + 1)))) length += 1
  return length
}

const shortestPart = 5

/** Whether little is left of it without the names and the address of whoever has it. */
function isAbout(password: string, { email, name = '', brands = [] }: About): boolean {
  const folded = fold(password)
  const [local = '', domain = ''] = email.split('@')
  const parts = [
    email,
    local,
    domain.split('.')[0] ?? '',
    name,
    ...name.split(/\s+/),
    ...brands,
    ...local.split(/[._+-]/),
  ]
    .map((part) => fold(part).replaceAll(/\s+/g, ''))
    .filter((part) => part.length >= shortestPart)
    .sort((a, b) => b.length - a.length)
  let rest = folded.replaceAll(/\s+/g, '')
  const before = rest.length
  for (const part of parts) rest = rest.replaceAll(part, '')
  return rest.length < before && rest.replaceAll(/[^\p{L}]/gu, '').length < 8
}
