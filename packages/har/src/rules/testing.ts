import type { AnalyseOptions } from '../scene.ts'
import { type EntryParts, entry, page } from '../test-support.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** A rule with a capture that shows it, the same with a single request, and captures that come close and do not. */
export interface RuleCase {
  rule: string
  shows: JsonValue[]
  /** When it takes several requests to show it, how one request alone does; `never` when none can. */
  one?: JsonValue[] | 'never'
  nearMisses: Record<string, JsonValue[]>
  options?: AnalyseOptions
  /** Log fields other than the entries. */
  log?: JsonObject
  /** Why it cannot be seen after cleaning. */
  lostByCleaning?: string
}

export const APP = 'https://app.northlight.example'
export const API = 'https://api.northlight.example'
export const IDP = 'https://login.idp.example'
export const TRACKER = 'https://stats.tracker.example'

export const failed = (error: string, parts: EntryParts = {}): JsonValue =>
  entry({ status: 0, error: `net::${error}`, ...parts })

export const upload: EntryParts = {
  method: 'POST',
  url: `${APP}/v1/uploads`,
  requestBytes: 31_457_280,
  postData: { mimeType: 'multipart/form-data; boundary=XX', text: '' },
}

const START = Date.parse('2026-11-24T10:15:30.000Z')

/** So many seconds after the capture began. */
export function after(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString()
}

export function times(count: number, make: (index: number) => JsonValue): JsonValue[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** Follows a list of addresses, each redirecting to the next. */
export function redirects(addresses: readonly string[], parts: EntryParts = {}): JsonValue[] {
  return addresses.map((url, at) => {
    const next = addresses[at + 1]
    return page({
      url,
      startedDateTime: after(at),
      ...(next === undefined ? {} : { status: 302, redirectURL: next }),
      ...parts,
    })
  })
}
