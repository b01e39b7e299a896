/** The more special first: a phone calls itself Linux or a Mac as well. */
const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Windows', /\bWindows NT\b/],
  ['iOS', /\b(?:iPhone|iPad)\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
]

/** The operating system that a user agent names (RFC 9110 §10.1.5); undefined when it names none that is known. */
export function systemOf(userAgent: string): string | undefined {
  const text = userAgent.slice(0, 1_000)
  return SYSTEMS.find(([, pattern]) => pattern.test(text))?.[0]
}
