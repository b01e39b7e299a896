import { isWordy } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { kindOfName } from './names.ts'
import { fileNameOf, isAsset } from './path-files.ts'
import { cleanUrl } from './url.ts'
import { isPersonWord } from './url-path.ts'

/** A hash or a nonce of a policy, in which a slash begins no path; or an address. Slashes may be escaped, as in JSON. */
const PART =
  /'(?:sha\d{3}|nonce)-[^'\s]{1,200}'|(?:(?:https?|wss?):)?(?:\\?\/){1,2}(?:\[[^\]\s]{1,80}\]|[^\s"'<>;,)]){1,4096}/gi

/** A policy names addresses to load from and to report to: those that may carry a key are cleaned. */
export function cleanAddressesWithin(value: string, cleaner: Cleaner): string {
  if (!value.includes('/')) return value
  return value.replace(PART, (part) => {
    if (part.startsWith("'")) return part
    const address = part.includes('\\/') ? part.replaceAll('\\/', '/') : part
    if (!mayCarryKey(address)) return part
    const clean = cleanUrl(address, cleaner)
    return address === part ? clean : clean.replaceAll('/', '\\/')
  })
}

/** Short and wordy parameters say which policy it was. */
function mayCarryKey(address: string): boolean {
  if (address.includes('@')) return true
  const mark = address.indexOf('?')
  const path = mark < 0 ? address : address.slice(0, mark)
  if (path.split('/').some(isTokenInPath)) return true
  return (
    mark >= 0 &&
    address
      .slice(mark + 1)
      .split('&')
      .some(isKeyInQuery)
  )
}

function isTokenInPath(segment: string): boolean {
  if (segment.length < 10 || isWordy(segment) || isAsset(fileNameOf(segment))) return false
  return /[A-Z]/.test(segment) ? /[a-z]/.test(segment) : /\d/.test(segment) && /[a-z]/.test(segment)
}

function isKeyInQuery(pair: string): boolean {
  const [name = '', value = ''] = pair.split('=', 2)
  if (isLong(name) || isLong(value)) return true
  if (value === '') return false
  return kindOfName(name) !== undefined || isPersonWord(name.toLowerCase()) || (isMixed(value) && !isWordy(value))
}

function isLong(part: string): boolean {
  return part.length >= 10 && !isWordy(part)
}

function isMixed(part: string): boolean {
  return part.length >= 6 && /\d/.test(part) && /[A-Za-z]/.test(part)
}
