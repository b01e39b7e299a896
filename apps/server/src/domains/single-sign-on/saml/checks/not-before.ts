import type { Check } from '../refusal.ts'
import { clockSkewMs, type VerifiedSubject } from '../subjects.ts'
import { conditionsOf, instantOf } from '../xml/assertion.ts'
import { attributeOf } from '../xml/walk.ts'
import { timeFacts } from './time-facts.ts'

/** Neither issued nor valid only in the future. */
export const notBefore: Check<VerifiedSubject> = {
  name: 'not-before',
  run: ({ assertion, input: { now } }) => {
    const conditions = conditionsOf(assertion)
    const latest = now.getTime() + clockSkewMs
    const issued = instantOf(assertion, 'IssueInstant')
    if (!(issued <= latest)) return { reason: 'saml.not_yet_valid', ...timeFacts('issueInstant', issued, now) }
    if (attributeOf(conditions, 'NotBefore') === undefined) return undefined
    const start = instantOf(conditions, 'NotBefore')
    return start <= latest ? undefined : { reason: 'saml.not_yet_valid', ...timeFacts('notBefore', start, now) }
  },
}
