import type { CaptureEntry } from '../capture.ts'
import type { EntryRule } from '../finding.ts'
import { withRequestIds } from './parts.ts'

/** The server limits how often one may ask. */
export const rateLimit: EntryRule = {
  id: 'rate-limit',
  severity: 'medium',
  elsewhere: 'low',
  per: 'host',
  yieldsTo: ['ws-fail'],
  select: (scene) => scene.withStatus(429),
  describe: (entries) => ({ seconds: retryAfter(entries), limit: limitOf(entries) }),
  customer: {
    en: 'Too many requests were made in a short time.[[ Wait {seconds} s before the next try.]]',
    el: 'Έγιναν πάρα πολλά αιτήματα σε λίγο χρόνο.[[ Περιμένετε {seconds} s πριν δοκιμάσετε ξανά.]]',
  },
  agent: withRequestIds({
    en: '{count} {count?request|requests} to {host} answered 429[[ ({code})]][[, limit {limit}]][[, retry after {seconds} s]]{count?:|, first} {method} {path}.',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} 429[[ ({code})]][[, όριο {limit}]][[, επανάληψη μετά από {seconds} s]]{count?:|, πρώτο το} {method} {path}.',
  }),
  nextStep: { en: 'Wait a little, then try again.', el: 'Περιμένετε λίγο και δοκιμάστε ξανά.' },
}

/** In seconds, or as a date of which the answer's own date is taken away. */
function retryAfter(entries: readonly CaptureEntry[]): number | '' {
  for (const { responseHeaders } of entries) {
    const value = responseHeaders.get('retry-after') ?? ''
    if (/^\d{1,6}$/.test(value)) return Number(value)
    const seconds = (Date.parse(value) - Date.parse(responseHeaders.get('date') ?? '')) / 1000
    if (seconds > 0) return Math.round(seconds)
  }
  return ''
}

/** The limit that is used up, of the several that a server may name. */
function limitOf(entries: readonly CaptureEntry[]): string {
  for (const { responseHeaders } of entries) {
    for (const [name, value] of responseHeaders) {
      const unit = /^(?:x-)?ratelimit-remaining(-[a-z-]{1,30})?$/.exec(name)
      if (unit === null || value !== '0') continue
      const limit = responseHeaders.get(name.replace('remaining', 'limit')) ?? ''
      if (limit !== '') return `${limit}${(unit[1] ?? '').replaceAll('-', ' ')}`.slice(0, 60)
    }
    const limit = responseHeaders.get('x-ratelimit-limit') ?? responseHeaders.get('ratelimit-limit')
    if (limit !== undefined) return limit.slice(0, 60)
  }
  return ''
}
