import type { CaptureEntry } from '../capture.ts'
import type { Rule } from '../finding.ts'
import { perHost } from './grouping.ts'

/** The server limits how often one may ask. */
export const rateLimit: Rule = {
  id: 'rate-limit',
  severity: 'medium',
  find: (scene) =>
    perHost(scene.entries.filter((entry) => entry.status === 429)).map((match) => ({
      ...match,
      params: {
        seconds: retryAfter(match.entries),
        limit: match.entries[0]?.responseHeaders.get('x-ratelimit-limit') ?? '',
      },
    })),
  customer: {
    en: 'Too many requests were made in a short time.[[ Wait {seconds} s before the next try.]]',
    el: 'Έγιναν πάρα πολλά αιτήματα σε λίγο χρόνο.[[ Περιμένετε {seconds} s πριν δοκιμάσετε ξανά.]]',
  },
  agent: {
    en: '{count} {count?request|requests} to {host} answered 429[[ ({code})]][[, limit {limit}]][[, retry after {seconds} s]]{count?:|, first} {method} {path}.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} 429[[ ({code})]][[, όριο {limit}]][[, επανάληψη μετά από {seconds} s]]{count?:|, πρώτο το} {method} {path}.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: { en: 'Wait a little, then try again.', el: 'Περιμένετε λίγο και δοκιμάστε ξανά.' },
}

function retryAfter(entries: readonly CaptureEntry[]): string {
  const value = entries
    .map((entry) => entry.responseHeaders.get('retry-after') ?? '')
    .find((text) => /^\d{1,6}$/.test(text))
  return value ?? ''
}
