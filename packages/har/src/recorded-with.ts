import { browserOf } from './browser-version.ts'
import type { Capture } from './capture.ts'
import { systemOf } from './system.ts'

/** The browser and the system that a capture was made in; absent what the requests do not say. */
export interface RecordedWith {
  browser?: string
  browserVersion?: string
  os?: string
}

/** What most of its requests say of themselves (RFC 9110 §10.1.5). A capture of several machines tells of the busiest. */
export function recordedWith({ entries }: Pick<Capture, 'entries'>): RecordedWith {
  const counts = new Map<string, number>()
  for (const { requestHeaders } of entries) {
    const agent = requestHeaders.get('user-agent')
    if (agent !== undefined) counts.set(agent, (counts.get(agent) ?? 0) + 1)
  }
  const [agent] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0])
  const browser = browserOf(agent)
  const os = systemOf(agent)
  return {
    ...(browser === undefined ? {} : { browser: browser.label, browserVersion: String(browser.version) }),
    ...(os === undefined ? {} : { os }),
  }
}
