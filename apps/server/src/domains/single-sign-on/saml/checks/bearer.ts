import { type Check, shown } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { confirmationOf, subjectOf } from '../xml/assertion.ts'
import { attributeOf, childrenNamed, ns } from '../xml/walk.ts'

export const bearer: Check<VerifiedSubject> = {
  name: 'bearer',
  run: ({ assertion }) => {
    if (confirmationOf(assertion)) return undefined
    const subject = subjectOf(assertion)
    const confirmations = subject ? childrenNamed(subject, [ns.assertion, 'SubjectConfirmation']) : []
    const methods = confirmations.map((confirmation) => shown(attributeOf(confirmation, 'Method')))
    return { reason: 'saml.bearer_missing', observed: { methods } }
  },
}
