import type { CaptureEntry } from './capture.ts'

/** A cookie as an answer sets it, without its value. */
export interface SetCookie {
  name: string
  path: string
  isSecure: boolean
  sameSite: 'strict' | 'lax' | 'none' | ''
  /** Set only to be taken away. */
  isRemoval: boolean
}

/** From the headers, or from the list that some exporters keep instead. */
export function namesOfCookiesSent(entry: CaptureEntry): readonly string[] {
  const header = entry.requestHeaders.get('cookie')
  if (header === undefined) return entry.evidence.cookiesSent
  return header
    .slice(0, 65_536)
    .split(';')
    .map((pair) => (pair.split('=', 1)[0] ?? '').trim())
    .filter((name) => name !== '')
}

export function cookiesSetBy(entry: CaptureEntry): SetCookie[] {
  const header = entry.responseHeaders.get('set-cookie')
  if (header === undefined || header === '') return []
  return header
    .slice(0, 65_536)
    .split('\n')
    .flatMap((line) => readSetCookie(line, entry) ?? [])
}

function readSetCookie(line: string, entry: CaptureEntry): SetCookie | undefined {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const [name = '', ...value] = pair.split('=')
  if (name === '' || value.length === 0) return undefined
  const attribute = (key: string): string | undefined =>
    attributes
      .find((text) => text.toLowerCase() === key || text.toLowerCase().startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .trim()
  const path = attribute('path') ?? ''
  return {
    name,
    path: path.startsWith('/') ? path : entry.path.replace(/[^/]*$/, ''),
    isSecure: attribute('secure') !== undefined,
    sameSite: sameSiteOf(attribute('samesite')),
    isRemoval: value.join('=') === '' || hasExpired(attribute('max-age'), attribute('expires'), entry),
  }
}

function sameSiteOf(value = ''): SetCookie['sameSite'] {
  const lower = value.toLowerCase()
  return lower === 'strict' || lower === 'lax' || lower === 'none' ? lower : ''
}

function hasExpired(maxAge: string | undefined, expires: string | undefined, entry: CaptureEntry): boolean {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0
  const until = Date.parse(expires ?? '')
  return !Number.isNaN(until) && until <= (entry.startedAt ?? 0) + 60_000
}
