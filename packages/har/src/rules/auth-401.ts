import type { CaptureEntry } from '../capture.ts'
import type { EntryRule } from '../finding.ts'
import type { Scene } from '../scene.ts'
import { withRequestIds } from './parts.ts'

/** The server did not accept who asks. */
export const authRejected: EntryRule = {
  id: 'auth-401',
  severity: 'high',
  elsewhere: 'low',
  per: 'host',
  yieldsTo: ['sso-error', 'ws-fail', 'upload-cut'],
  select: (scene) => {
    const refused = scene.withStatus(401)
    const later = lastSuccesses(scene, new Set(refused.map((entry) => entry.url)))
    return refused.filter((entry) => (later.get(callOf(entry)) ?? -1) < entry.index)
  },
  describe: (entries) => ({ reason: entries.map(bearerError).find((reason) => reason !== '') ?? '' }),
  customer: {
    en: 'Your session was not accepted by {host}: you may have been signed out.',
    el: 'Η σύνδεσή σας δεν έγινε δεκτή από το {host}: ίσως αποσυνδεθήκατε.',
  },
  agent: withRequestIds({
    en: '{count} {count?request|requests} to {host} answered 401[[ ({code})]][[ ({reason})]], {count?|first }{method} {path}: expired or missing credentials.[[ The server says “{text}”.]]',
    el: '{count} {count?αίτημα προς {host} απάντησε|αιτήματα προς {host} απάντησαν} 401[[ ({code})]][[ ({reason})]], {count?|πρώτο }το {method} {path}: ληγμένα ή ελλιπή στοιχεία σύνδεσης.[[ Ο διακομιστής λέει «{text}».]]',
  }),
  nextStep: { en: 'Sign out and in again.', el: 'Αποσυνδεθείτε και συνδεθείτε ξανά.' },
}

/** A 401 that a later try of the same call overcame is how tokens are renewed and how Negotiate begins. */
function lastSuccesses(scene: Scene, urls: ReadonlySet<string>): Map<string, number> {
  const last = new Map<string, number>()
  if (urls.size === 0) return last
  for (const entry of scene.entries)
    if (entry.status >= 200 && entry.status < 400 && urls.has(entry.url)) last.set(callOf(entry), entry.index)
  return last
}

function callOf(entry: CaptureEntry): string {
  return `${entry.method} ${entry.url}`
}

/** `error="invalid_token"` of RFC 6750. */
function bearerError(entry: CaptureEntry): string {
  return /\berror="?([a-z_]{3,40})/i.exec(entry.responseHeaders.get('www-authenticate') ?? '')?.[1] ?? ''
}
