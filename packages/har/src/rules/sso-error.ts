import { decodePercent } from '@clew/redact'
import type { CaptureEntry } from '../capture.ts'
import type { Rule } from '../finding.ts'
import type { Scene } from '../scene.ts'
import { whole } from './grouping.ts'

/** The identity provider answered with an error. */
export const ssoError: Rule = {
  id: 'sso-error',
  severity: 'high',
  find: (scene) => {
    const failed = scene.entries.filter(
      (entry) => isNavigation(entry) && concernsUs(entry, scene) && reasonOf(entry) !== undefined,
    )
    const reason = failed[0] === undefined ? undefined : reasonOf(failed[0])
    return whole(failed, { reason: reason?.code ?? '', description: reason?.description ?? '' })
  },
  customer: {
    en: 'Signing in through your organisation was refused[[: {description}]].',
    el: 'Η σύνδεση μέσω του οργανισμού σας δεν έγινε δεκτή[[: {description}]].',
  },
  agent: {
    en: 'Single sign-on ended with {reason}[[: {description}]] at {host}{path}.[[ Request {requestIdCount?id|ids}: {requestIds}.]]',
    el: 'Η ενιαία σύνδεση κατέληξε σε {reason}[[: {description}]] στο {host}{path}.[[ {requestIdCount?Αναγνωριστικό|Αναγνωριστικά} αιτήματος: {requestIds}.]]',
  },
  nextStep: {
    flow: 'sso-no-accounts-found',
    en: 'Sign in with the exact account that was invited.',
    el: 'Συνδεθείτε με τον ίδιο ακριβώς λογαριασμό που προσκλήθηκε.',
  },
}

const SIGN_IN = /auth|oauth|oidc|saml|sso|login|signin|sign-in|callback|adfs|\/acs/i

/** `error` and `error_description` of OAuth in the address or its redirect. */
function reasonOf(entry: CaptureEntry): { code: string; description: string } | undefined {
  for (const address of [entry.redirectUrl, entry.url]) {
    const code = parameterOf(address, 'error')
    if (code === undefined || !/^[a-z][a-z_.]{2,60}$/i.test(code) || !SIGN_IN.test(address)) continue
    return { code, description: parameterOf(address, 'error_description') ?? '' }
  }
  return undefined
}

function parameterOf(address: string, name: string): string | undefined {
  const value = new RegExp(`[?&#]${name}=([^&#]{1,600})`).exec(address.slice(0, 16_384))?.[1]
  return value === undefined ? undefined : decodePercent(value.replaceAll('+', ' ')).slice(0, 300)
}

/** Buttons of social networks ask whether one is signed in there and are told "no" all day; that is no sign-in. */
function isNavigation(entry: CaptureEntry): boolean {
  return entry.resourceType === '' || entry.resourceType === 'document' || entry.redirectUrl !== ''
}

function concernsUs(entry: CaptureEntry, scene: Scene): boolean {
  return (
    scene.isFirstParty(entry) ||
    scene.isFirstPartyHost(/^(?:[a-z]+:)?\/\/([^/?#]{1,300})/i.exec(entry.redirectUrl)?.[1] ?? '')
  )
}
