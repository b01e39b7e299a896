import type { CleaningChoice, Operator } from './messages.ts'

/** Where a page says nothing of its operator, as in one kept from before: the plain policy, and no rule. */
const none: Operator = {
  sanitising: { policy: 'standard', keepBodiesOf: [], rules: [] },
  maxCaptureBytes: Number.POSITIVE_INFINITY,
}

/** What the server put on the page. */
export const operatorOf = (text: string | undefined): Operator =>
  text === undefined || text === '' ? none : (JSON.parse(text) as Operator)

/** What the reader begins with: all that the operator keeps. */
export const firstChoice = ({ sanitising: { policy, keepBodiesOf } }: Operator): CleaningChoice => ({
  policy,
  keepBodiesOf,
})

/** The reader's choice as far as it is no laxer: a strict operator stays strict, and no other host is kept. */
export const withinOperator = (choice: CleaningChoice, { sanitising }: Operator): CleaningChoice => ({
  policy: sanitising.policy === 'strict' ? 'strict' : choice.policy,
  keepBodiesOf: sanitising.keepBodiesOf.filter((host) => choice.keepBodiesOf.includes(host)),
})
