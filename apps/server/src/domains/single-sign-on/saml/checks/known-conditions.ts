import { type Check, shown } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { conditionsOf } from '../xml/assertion.ts'
import { childElements, ns } from '../xml/walk.ts'

const known = new Set(['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'])

/** SAML core 2.5.1.1: an assertion with a condition that one does not understand is not valid for one. */
export const knownConditions: Check<VerifiedSubject> = {
  name: 'known-conditions',
  run: ({ assertion }) => {
    const conditions = conditionsOf(assertion)
    const children = conditions ? childElements(conditions) : []
    const unknown = children.find(({ namespace, local }) => namespace !== ns.assertion || !known.has(local))
    return unknown && { reason: 'saml.unknown_condition', observed: { condition: shown(unknown.local) } }
  },
}
