import { fold } from '@clew/text'
import type { Expectation } from './source.ts'

/** Words by which a question shows what it asks for. They are looked for in folded text. */
const asked: readonly [RegExp, Expectation][] = [
  [
    /which plan|what plan|plan (?:are|do) you|ποιο (?:προγραμμα|πλανο)(?! περιηγησησ)|προγραμμα εχετε|συνδρομη εχετε/u,
    { field: 'account', part: 'plan' },
  ],
  [
    /(?:which|what)[\p{L} ]{0,20} (?:address|e-?mail)|e-?mail|διευθυνση|ποιο email/u,
    { field: 'account', part: 'email' },
  ],
  [/browser|περιηγητη|περιηγησησ/u, { field: 'environment', part: 'browser' }],
  [/operating system|windows or|λειτουργικο|συσκευη|device|computer or/u, { field: 'environment', part: 'os' }],
  [/network|vpn|proxy|δικτυο|συνδεεστε απο/u, { field: 'environment', part: 'network' }],
  [/time ?zone|which zone|ζωνη ωρασ|ποια ωρα ειναι αυτη/u, { field: 'timestamps', part: 'zone' }],
  [/when did|when (?:was|does|exactly)|what time|at what|ποτε|τι ωρα|ποια ωρα/u, { field: 'timestamps', part: 'time' }],
  [/(?:which|what) day|ποια (?:η)?μερα/u, { field: 'timestamps', part: 'date' }],
  [/request id|id of (?:the|a) (?:request|call)|αναγνωριστικο/u, { field: 'request_ids' }],
  [/workspace|organi[sz]ation|χωρο εργασιασ|οργανισμο/u, { field: 'workspace' }],
]

/** What a question asks for, so that a short answer to it is understood. */
export function expectationsOf(question: string): Expectation[] {
  const folded = fold(question)
  if (!/[?;\u037e]/.test(folded)) return []
  return asked.filter(([pattern]) => pattern.test(folded)).map(([, expectation]) => expectation)
}
