import { browserOf } from './browser-version.ts'
import type { Capture } from './capture.ts'

/** The browser and the system that a capture was made in; absent what the requests do not say. */
export interface RecordedWith {
  browser?: string
  browserVersion?: string
  os?: string
}

/** The more special first: a phone calls itself Linux or a Mac as well. */
const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Windows', /\bWindows NT\b/],
  ['iOS', /\b(?:iPhone|iPad)\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
]

/** What most of its requests say of themselves (RFC 9110 §10.1.5). A capture of several machines tells of the busiest. */
export function recordedWith({ entries }: Pick<Capture, 'entries'>): RecordedWith {
  const counts = new Map<string, number>()
  for (const { requestHeaders } of entries) {
    const agent = requestHeaders.get('user-agent')
    if (agent !== undefined) counts.set(agent, (counts.get(agent) ?? 0) + 1)
  }
  const [agent] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0])
  const browser = browserOf(agent)
  const os = SYSTEMS.find(([, pattern]) => pattern.test(agent.slice(0, 1_000)))?.[0]
  return {
    ...(browser === undefined ? {} : { browser: browser.label, browserVersion: String(browser.version) }),
    ...(os === undefined ? {} : { os }),
  }
}
