import { decodePercent } from '@clew/redact'
import type { CaptureEntry } from '../capture.ts'
import type { EntryRule } from '../finding.ts'
import { hostOf } from '../hosts.ts'
import { byTime, type Scene } from '../scene.ts'
import type { Sentence } from '../sentence.ts'
import { withRequestIds } from './parts.ts'

/** The identity provider answered with an error. */
export const ssoError: EntryRule = {
  id: 'sso-error',
  severity: 'high',
  per: 'capture',
  select: (scene) =>
    stepsOf(scene)
      .filter((entry) => reasonOf(entry) !== undefined && concernsUs(entry, scene))
      .sort(byTime),
  describe: ([first]) => {
    const reason = first === undefined ? undefined : reasonOf(first)
    return { reason: reason?.code ?? '', description: reason?.description ?? '' }
  },
  undecidable: samlIsHidden,
  customer: {
    en: 'Signing in through your organisation was refused[[: {description}]].',
    el: 'Η σύνδεση μέσω του οργανισμού σας δεν έγινε δεκτή[[: {description}]].',
  },
  agent: withRequestIds({
    en: 'Single sign-on ended with {reason}[[: {description}]] at {host}{path}.',
    el: 'Η ενιαία σύνδεση κατέληξε σε {reason}[[: {description}]] στο {host}{path}.',
  }),
  nextStep: {
    flow: 'sso-no-accounts',
    en: 'Sign in with the exact account that was invited.',
    el: 'Συνδεθείτε με τον ίδιο ακριβώς λογαριασμό που προσκλήθηκε.',
  },
}

const SIGN_IN = /auth|oauth|oidc|saml|sso|login|signin|sign-in|callback|adfs|\/acs/i

/** Where an error can show: redirects, pages, and responses that were posted. */
function stepsOf(scene: Scene): CaptureEntry[] {
  return [...new Set([...scene.redirects, ...scene.documents, ...scene.pages, ...scene.posts])]
}

interface Reason {
  code: string
  description: string
}

function reasonOf(entry: CaptureEntry): Reason | undefined {
  if (entry.evidence.samlError !== '') return { code: entry.evidence.samlError, description: '' }
  return isNavigation(entry) ? reasonInAddress(entry) : undefined
}

/** `error` and `error_description` of OAuth in the address or its redirect. */
function reasonInAddress(entry: CaptureEntry): Reason | undefined {
  for (const address of [entry.redirectUrl, entry.url]) {
    if (!address.includes('error=')) continue
    const code = parameterOf(address, 'error')
    if (code === undefined || !/^[a-z][a-z_.]{2,60}$/i.test(code) || !SIGN_IN.test(address)) continue
    if (SILENT.test(code)) continue
    return { code, description: parameterOf(address, 'error_description') ?? '' }
  }
  return undefined
}

/** How an identity provider says "nobody is signed in here" to a question that nobody saw. */
const SILENT =
  /^(?:login_required|interaction_required|consent_required|account_selection_required|interaction_in_progress)$/

function parameterOf(address: string, name: string): string | undefined {
  const value = new RegExp(`[?&#]${name}=([^&#]{1,600})`).exec(address.slice(0, 16_384))?.[1]
  return value === undefined ? undefined : decodePercent(value.replaceAll('+', ' ')).slice(0, 300)
}

/** Buttons of social networks ask whether one is signed in there and are told "no" all day; that is no sign-in. */
function isNavigation(entry: CaptureEntry): boolean {
  return entry.resourceType === '' || entry.resourceType === 'document' || entry.redirectUrl !== ''
}

function concernsUs(entry: CaptureEntry, scene: Scene): boolean {
  return scene.isFirstParty(entry) || scene.isFirstPartyHost(hostOf(entry.redirectUrl))
}

/** A SAML response was posted, but what it said was taken out. */
function samlIsHidden(scene: Scene): Sentence | undefined {
  const isHidden = scene.posts.some(
    (entry) => scene.isFirstParty(entry) && /\/(?:acs|saml2?)\b/i.test(entry.path) && !entry.evidence.readsSaml,
  )
  if (!isHidden) return undefined
  return {
    en: 'The SAML response is not readable in the file, so its status cannot be seen.',
    el: 'Η απάντηση SAML δεν είναι αναγνώσιμη στο αρχείο, οπότε δεν φαίνεται η κατάστασή της.',
  }
}
