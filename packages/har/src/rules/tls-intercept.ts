import type { CaptureEntry } from '../capture.ts'
import { interceptorNamed } from '../filter-products.ts'
import type { EntryRule } from '../finding.ts'
import { siteOf } from '../hosts.ts'
import { groupBy, type Scene } from '../scene.ts'

/** Something between opens the secure connection and closes it again with a certificate of its own. */
export const tlsIntercept: EntryRule = {
  id: 'tls-intercept',
  severity: 'medium',
  per: 'capture',
  quotesIds: false,
  select: (scene) => {
    const secured = scene.secured.filter((entry) => (entry.security?.issuer ?? '') !== '')
    const foreign = foreignIssuers(secured, scene)
    return secured.filter((entry) => foreign.has(entry.security?.issuer ?? ''))
  },
  describe: ([first]) => ({ issuer: (first?.security?.issuer ?? '').slice(0, 120) }),
  customer: {
    en: 'Your organisation’s security software opens secure connections on the way (certificate by {issuer}).',
    el: 'Το λογισμικό ασφαλείας του οργανισμού σας ανοίγει τις ασφαλείς συνδέσεις στη διαδρομή (πιστοποιητικό από {issuer}).',
  },
  agent: {
    en: 'The certificate of {host} was issued by {issuer}, which is not a public authority: TLS inspection{count?| on {count} requests}. Uploads, streams and WebSockets may suffer.',
    el: 'Το πιστοποιητικό του {host} εκδόθηκε από {issuer}, που δεν είναι δημόσια αρχή: επιθεώρηση TLS{count?| σε {count} αιτήματα}. Μεταφορτώσεις, ροές και WebSocket μπορεί να επηρεάζονται.',
  },
  nextStep: {
    en: 'Ask your IT department to exempt {host} from TLS inspection.',
    el: 'Ζητήστε από το τμήμα πληροφορικής σας να εξαιρέσει το {host} από την επιθεώρηση TLS.',
  },
}

const PUBLIC =
  /let.?s encrypt|isrg|digicert|globalsign|sectigo|comodo|usertrust|google trust|^(?:GTS|WR|WE|R|E|YR|YE)\d{1,2}$|^GTS |amazon|^(?:Starfield|Go ?Daddy)|entrust|microsoft|apple|cloudflare (?:inc|tls|ecc|rsa)|geotrust|rapidssl|thawte|verisign|symantec class|quovadis|buypass|actalis|harica|hellenic academic|zerossl|trustwave|swisssign|certum|godaddy|identrust|baltimore|d-trust|telesec|t-systems|secom|ssl\.com|certigna|e-tugra|trustcor|wosign|startcom|cybertrust|alphassl|gandi|tuv|geant|trustico|encryption everywhere|network solutions|asseco|izenpe|emsign|naver|cfca|gdca|vtrus|trustasia|gogetssl|fnmt|accv|firmaprofesional|camerfirma|chunghwa|twca|jprs|netlock|microsec|disig|telia|sonera|atos|affirmtrust/i
const SITES = 3
/** Of all sites with a certificate in the capture; inspection spares few. */
const SHARE = 0.8

/** Issuers that are known to inspect, that sign for ours and should not, or that sign for the whole web and are no public one. */
function foreignIssuers(secured: readonly CaptureEntry[], scene: Scene): ReadonlySet<string> {
  const expected = (scene.options.certificateIssuers ?? []).map((name) => name.toLowerCase())
  const foreign = new Set<string>()
  for (const [issuer, entries] of groupBy(secured, (entry) => entry.security?.issuer ?? '')) {
    const isUnexpected =
      expected.length > 0 &&
      entries.some(scene.isFirstParty) &&
      !expected.some((name) => issuer.toLowerCase().includes(name))
    const signed = sitesOf(entries)
    const signsForAll = !PUBLIC.test(issuer) && signed >= SITES && signed >= sitesOf(secured) * SHARE
    if (isUnexpected || signsForAll || interceptorNamed(issuer) !== '') foreign.add(issuer)
  }
  return foreign
}

function sitesOf(entries: readonly CaptureEntry[]): number {
  return new Set(entries.map((entry) => siteOf(entry.host))).size
}
