import type { CaptureEntry } from '../capture.ts'
import { isDocument, isFromBrowser } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { hostOf, isIdentityHost, siteOf, withoutPort } from '../hosts.ts'

/** A Wi-Fi that wants a sign-in first answers in place of everybody. */
export const captivePortal: EntryRule = {
  id: 'captive-portal',
  severity: 'high',
  per: 'capture',
  quotesIds: false,
  select: (scene) => [
    ...scene.withStatus(511),
    ...scene.redirects.filter((entry) => isProbeCaught(entry) || isSentToPortal(entry)),
  ],
  describe: ([first]) => ({ portal: first === undefined ? '' : withoutPort(hostOf(first.redirectUrl)) }),
  customer: {
    en: 'Your network wants you to sign in to its Wi-Fi before it lets anything through.',
    el: 'Το δίκτυό σας ζητά να συνδεθείτε πρώτα στο Wi-Fi του πριν επιτρέψει οτιδήποτε.',
  },
  agent: {
    en: '{count?A request|{count} requests} to {hosts} {count?was|were} answered by a captive portal[[ at {portal}]] ({status}): the network wants a sign-in first.',
    el: '{count?Ένα αίτημα|{count} αιτήματα} προς {hosts} {count?απαντήθηκε|απαντήθηκαν} από πύλη σύνδεσης Wi-Fi[[ στο {portal}]] ({status}): το δίκτυο ζητά πρώτα σύνδεση.',
  },
  nextStep: {
    en: 'Open any page in a new tab, sign in to the network, and try again.',
    el: 'Ανοίξτε μια οποιαδήποτε σελίδα σε νέα καρτέλα, συνδεθείτε στο δίκτυο και δοκιμάστε ξανά.',
  },
}

const PROBES =
  /\/(?:generate_204|gen_204|connecttest\.txt|ncsi\.txt|hotspot-detect\.html|library\/test\/success\.html|success\.txt|canonical\.html)$/

/** The pages with which a device asks whether it is online are never redirected. */
function isProbeCaught(entry: CaptureEntry): boolean {
  const isProbe =
    PROBES.test(entry.path) && /(?:gstatic|google|msftconnecttest|msftncsi|apple|firefox|mozilla)\./.test(entry.host)
  return isProbe && siteOf(hostOf(entry.redirectUrl)) !== siteOf(entry.host)
}

const PORTAL =
  /(?:^|\.)(?:captive|portal|hotspot|wifi|wlan|guest|welcome|login|splash)(?:[.-]|\d)[^/]*\.(?:lan|local|home|internal|corp)$|captive|hotspot|wifi[.-]?(?:login|portal|guest|access)|guest[.-]?(?:wifi|portal|access)|(?:^|\.)(?:network-auth|neverssl|1\.1\.1\.1|cloudguest|securewifi|wayport|boingo|attwifi)\./i
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|1\.1\.1\.1$)/

/** A page or a call is sent off to a portal by its name, or to a machine in the local network. */
function isSentToPortal(entry: CaptureEntry): boolean {
  if (isFromBrowser(entry)) return false
  const host = withoutPort(hostOf(entry.redirectUrl))
  const own = withoutPort(entry.host)
  if (host === '' || siteOf(host) === siteOf(own) || isIdentityHost(own) || PRIVATE.test(own)) return false
  const isAsked = isDocument(entry) || /^(?:xhr|fetch|)$/.test(entry.resourceType)
  return isAsked && (PRIVATE.test(host) || PORTAL.test(host))
}
