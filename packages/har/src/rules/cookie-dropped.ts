import type { CaptureEntry } from '../capture.ts'
import { cookiesSetBy, namesOfCookiesSent, type SetCookie } from '../cookies-seen.ts'
import { isDocument, isFromBrowser } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { isIdentityHost } from '../hosts.ts'
import { byTime, type Scene } from '../scene.ts'

/** A cookie was set and did not come back. */
export const cookieDropped: EntryRule = {
  id: 'cookie-dropped',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  select: (scene) => [...insecureNone(scene), ...neverReturned(scene)],
  describe: ([first]) => ({ cookie: first === undefined ? '' : lostCookie(first).slice(0, 80) }),
  undecidable: (scene) =>
    scene.capture.lacksCredentials && isAboutSigningIn(scene)
      ? {
          en: 'The file holds no cookies, as in the browser’s own sanitised export, so it cannot be seen whether one was lost.',
          el: 'Το αρχείο δεν περιέχει cookies, όπως στην εξαγωγή χωρίς ευαίσθητα δεδομένα του ίδιου του προγράμματος περιήγησης, οπότε δεν φαίνεται αν χάθηκε κάποιο.',
        }
      : undefined,
  customer: {
    en: 'Your browser did not keep a cookie of {host}, so the site forgets you. Blocked third-party cookies may be the cause.',
    el: 'Το πρόγραμμα περιήγησής σας δεν κράτησε ένα cookie του {host}, οπότε ο ιστότοπος σας ξεχνά. Η αιτία μπορεί να είναι ο αποκλεισμός των cookies τρίτων.',
  },
  agent: {
    en: '{host} set the cookie {cookie} at {path}, and it did not come back: cookies are blocked, or its attributes (SameSite=None without Secure) make the browser refuse it.',
    el: 'Το {host} όρισε το cookie {cookie} στο {path} και αυτό δεν επέστρεψε: τα cookies αποκλείονται ή οι ιδιότητές του (SameSite=None χωρίς Secure) κάνουν το πρόγραμμα περιήγησης να το αρνείται.',
  },
  nextStep: {
    en: 'Allow cookies for {host}, third-party cookies too, and sign in again.',
    el: 'Επιτρέψτε τα cookies για το {host}, και τα cookies τρίτων, και συνδεθείτε ξανά.',
  },
}

/** Somebody was refused, or sent to where people sign in. */
function isAboutSigningIn(scene: Scene): boolean {
  const refused = scene.withStatus(400, 401, 403).some(scene.isFirstParty)
  return refused || scene.documents.some((entry) => isIdentityHost(entry.host))
}

function isOfInterest(entry: CaptureEntry, scene: Scene): boolean {
  return scene.isFirstParty(entry) || isIdentityHost(entry.host)
}

/** Browsers refuse a cookie for other sites that does not ask for a secure connection. */
function insecureNone(scene: Scene): CaptureEntry[] {
  return scene.settingCookies.filter(
    (entry) =>
      /samesite=none/i.test(entry.responseHeaders.get('set-cookie') ?? '') &&
      isOfInterest(entry, scene) &&
      cookiesSetBy(entry).some(isInsecureNone),
  )
}

function isInsecureNone(cookie: SetCookie): boolean {
  return cookie.sameSite === 'none' && !cookie.isSecure
}

function lostCookie(setter: CaptureEntry): string {
  const cookies = cookiesSetBy(setter)
  return (cookies.find(isInsecureNone) ?? cookies.find(isSession))?.name ?? ''
}

interface Waiting {
  cookie: SetCookie
  setter: CaptureEntry
  setAt: number
  missing: number
}

const MAX_WAITING = 50
/** One page or call without the cookie may have its reason; two are a pattern. */
const MISSES = 2

function neverReturned(scene: Scene): CaptureEntry[] {
  if (!scene.entries.some((entry) => namesOfCookiesSent(entry).length > 0)) return []
  const lost: CaptureEntry[] = []
  const hosts = new Set(scene.settingCookies.filter((entry) => isOfInterest(entry, scene)).map((entry) => entry.host))
  for (const host of hosts) {
    const entries = scene.byHost.get(host) ?? []
    const waiting = waitingAtEnd(entries)
    const setter = waiting.find(({ missing, cookie }) => missing >= MISSES && isSession(cookie))?.setter
    if (setter !== undefined) lost.push(setter)
  }
  return lost
}

/** The cookies of one host that were set, and sent in no later request. */
function waitingAtEnd(entries: readonly CaptureEntry[]): Waiting[] {
  const waiting = new Map<string, Waiting>()
  const seen = new Set<string>()
  for (const entry of [...entries].sort(byTime)) {
    const sent = namesOfCookiesSent(entry)
    for (const name of sent) {
      seen.add(name)
      waiting.delete(name)
    }
    if (carriesCookies(entry)) for (const one of waiting.values()) if (shouldCarry(entry, one)) one.missing += 1
    for (const cookie of cookiesSetBy(entry)) {
      if (cookie.isRemoval) waiting.delete(cookie.name)
      else if (!seen.has(cookie.name) && !waiting.has(cookie.name) && waiting.size < MAX_WAITING)
        waiting.set(cookie.name, { cookie, setter: entry, setAt: endOf(entry), missing: 0 })
    }
  }
  return [...waiting.values()]
}

/** Requests that a browser sends with cookies whatever the page says; others may leave them out on purpose. */
function carriesCookies(entry: CaptureEntry): boolean {
  if (entry.status === 0 || isFromBrowser(entry) || entry.requestHeaders.size === 0) return false
  const site = entry.requestHeaders.get('sec-fetch-site')
  return isDocument(entry) && entry.method === 'GET' && (site === undefined || site !== 'cross-site')
}

function shouldCarry(entry: CaptureEntry, { cookie, setAt }: Waiting): boolean {
  if ((entry.startedAt ?? 0) < setAt) return false
  return (
    entry.path.startsWith(cookie.path) && (!cookie.isSecure || entry.scheme === 'https') && cookie.sameSite !== 'strict'
  )
}

function endOf(entry: CaptureEntry): number {
  return (entry.startedAt ?? 0) + (entry.durationMs ?? 0)
}

/** Whether a visitor comes back is counted with cookies too; only those that hold a session are missed. */
function isSession({ name }: SetCookie): boolean {
  return (
    /sess|sid\b|sid$|auth|token|login|user|jwt|csrf|xsrf|^connect\.|^__(?:host|secure)-/i.test(name) &&
    !/^_(?:ga|gid|fbp)/.test(name)
  )
}
