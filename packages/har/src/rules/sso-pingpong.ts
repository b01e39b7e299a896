import type { CaptureEntry } from '../capture.ts'
import type { EntryRule } from '../finding.ts'
import { isIdentityHost } from '../hosts.ts'
import { byTime, type Scene } from '../scene.ts'
import { withRequestIds } from './parts.ts'

/** The service sends to the identity provider, which sends back, and so on: the sign-in does not hold. */
export const ssoPingpong: EntryRule = {
  id: 'sso-pingpong',
  severity: 'high',
  per: 'capture',
  select: (scene) => longestRally(scene),
  describe: (entries, scene) => {
    const visits = entries.filter(scene.isFirstParty).filter((entry) => !isIdentityProvider(entry))
    const bare = scene.capture.lacksCredentials ? [] : visits.filter((entry) => !entry.requestHeaders.has('cookie'))
    return {
      rounds: roundsOf(entries),
      idp: entries.find(isIdentityProvider)?.host ?? '',
      withoutCookie: bare.length > 1 ? bare.length : '',
    }
  },
  undecidable: (scene) =>
    scene.capture.lacksCredentials && rounds(scene).length > 0
      ? {
          en: 'The file holds no cookies, as in the browser’s own sanitised export, so it cannot be seen whether the session was kept after the sign-in.',
          el: 'Το αρχείο δεν περιέχει cookies, όπως στην εξαγωγή χωρίς ευαίσθητα δεδομένα του ίδιου του προγράμματος περιήγησης, οπότε δεν φαίνεται αν κρατήθηκε η σύνδεση.',
        }
      : undefined,
  customer: {
    en: 'Signing in goes back and forth between this site and {idp} without getting in. A blocked cookie or the wrong account may be the cause.',
    el: 'Η σύνδεση πηγαινοέρχεται ανάμεσα σε αυτόν τον ιστότοπο και το {idp} χωρίς να ολοκληρώνεται. Η αιτία μπορεί να είναι αποκλεισμένο cookie ή λάθος λογαριασμός.',
  },
  agent: withRequestIds({
    en: 'Single sign-on went {rounds} times to {idp} and back over {count} requests without a session[[; {withoutCookie} requests to us carried no cookie]]: a cookie that is blocked, or an identity that we do not know.',
    el: 'Η ενιαία σύνδεση πήγε {rounds} φορές στο {idp} και πίσω με {count} αιτήματα χωρίς να ανοίξει σύνδεση[[· {withoutCookie} αιτήματα προς εμάς δεν είχαν cookie]]: αποκλεισμένο cookie ή ταυτότητα που δεν γνωρίζουμε.',
  }),
  nextStep: {
    flow: 'sso-no-accounts',
    en: 'Allow cookies of both sites, then sign in with the exact account that was invited.',
    el: 'Επιτρέψτε τα cookies και των δύο ιστοτόπων και συνδεθείτε με τον ίδιο ακριβώς λογαριασμό που προσκλήθηκε.',
  },
}

const ROUNDS = 3
const WITHIN_MS = 120_000

function isIdentityProvider(entry: CaptureEntry): boolean {
  return (
    isIdentityHost(entry.host) ||
    /[?&]SAMLRequest=/.test(entry.url) ||
    /[?&]response_type=[^#]{0,4000}[?&]?client_id=/.test(entry.url)
  )
}

/** Pages and redirects of ours and of identity providers; renewals that nobody sees are none. */
function rounds(scene: Scene): CaptureEntry[] {
  const navigations = [...new Set([...scene.documents, ...scene.redirects])].sort(byTime)
  const steps = navigations.filter(
    (entry) => (isIdentityProvider(entry) || scene.isFirstParty(entry)) && !/[?&]prompt=none/.test(entry.url),
  )
  return steps.some(isIdentityProvider) && steps.some((entry) => !isIdentityProvider(entry)) ? steps : []
}

/** How often the way led from us to the identity provider. */
function roundsOf(steps: readonly CaptureEntry[]): number {
  return steps.filter((entry, at) => {
    const before = steps[at - 1]
    return before !== undefined && isIdentityProvider(entry) && !isIdentityProvider(before)
  }).length
}

function longestRally(scene: Scene): readonly CaptureEntry[] {
  let best: readonly CaptureEntry[] = []
  let rally: CaptureEntry[] = []
  for (const entry of rounds(scene)) {
    const before = rally.at(-1)
    const pause = before === undefined ? 0 : (entry.startedAt ?? 0) - (before.startedAt ?? 0)
    if (pause > WITHIN_MS) rally = []
    rally.push(entry)
    if (rally.length > best.length) best = rally
  }
  return roundsOf(best) >= ROUNDS ? best : []
}
