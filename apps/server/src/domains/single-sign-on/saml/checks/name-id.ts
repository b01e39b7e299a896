import type { Check } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { subjectOf } from '../xml/assertion.ts'
import { childElements, ns, onlyChild, trimmedText } from '../xml/walk.ts'

const longest = 1024

export const nameId: Check<VerifiedSubject> = {
  name: 'name-id',
  run: ({ assertion }) => {
    const element = onlyChild(subjectOf(assertion), [ns.assertion, 'NameID'])
    const length = trimmedText(element)?.length ?? 0
    const isPlain = element !== undefined && childElements(element).length === 0
    return isPlain && length > 0 && length <= longest
      ? undefined
      : { reason: 'saml.name_id_missing', observed: { length } }
  },
}
