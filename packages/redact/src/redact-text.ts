import { type AssignmentKind, detectAssignments } from './assignments.ts'
import {
  type Detector,
  detectAddresses,
  detectBearers,
  detectCards,
  detectCookieLines,
  detectEmails,
  detectGreekIds,
  detectIbans,
  detectJwts,
  detectPhones,
  detectPrivateKeys,
  detectRandomTokens,
  detectServiceKeys,
} from './detectors.ts'
import { findPlaceholders, type Pseudonymiser } from './pseudonym.ts'
import { replaceSpans, resolveOverlaps, type Span } from './spans.ts'

export type SecretKind =
  | AssignmentKind
  | 'private_key'
  | 'api_key'
  | 'jwt'
  | 'bearer'
  | 'card'
  | 'iban'
  | 'phone'
  | 'ip'
  | 'national_id'
  | 'secret'

export interface RedactOptions {
  /** Tags the replacements, so that equal values stay recognisable as equal. Without it the kind alone is shown. */
  pseudonymiser?: Pseudonymiser
  /** Only these kinds; all when absent. */
  kinds?: readonly SecretKind[]
  /** Says what stands in place of a value; goes before `pseudonymiser`. */
  replacementOf?: (kind: SecretKind, value: string) => string
}

export interface Redacted {
  text: string
  removed: { kind: SecretKind; count: number }[]
  /** The removed values themselves, for a caller that erases them elsewhere too. Never log or store them. */
  values: { kind: SecretKind; value: string }[]
}

/** What a text has; a detector whose sign is missing is not run. */
interface Signs {
  hasDigit: boolean
  hasAt: boolean
  hasLink: boolean
  hasRun: boolean
  hasSpace: boolean
}

function signsOf(text: string): Signs {
  return {
    hasDigit: /\d/.test(text),
    hasAt: text.includes('@'),
    hasLink: /[=:]/.test(text),
    hasRun: /[A-Za-z0-9_+/=.-]{16}/.test(text),
    hasSpace: /[ \t]/.test(text),
  }
}

type Row = readonly [kinds: readonly SecretKind[], isPossible: (signs: Signs) => boolean, detect: Detector<SecretKind>]

/** Most certain first: where two overlap, the first one names the find. */
const DETECTORS: readonly Row[] = [
  [['private_key'], (signs) => signs.hasSpace, detectPrivateKeys],
  [['api_key'], (signs) => signs.hasRun, detectServiceKeys],
  [['jwt'], (signs) => signs.hasRun, detectJwts],
  [['bearer'], (signs) => signs.hasSpace, detectBearers],
  [['cookie'], (signs) => signs.hasLink, detectCookieLines],
  [['password', 'token', 'cookie', 'email', 'personal'], (signs) => signs.hasLink, detectAssignments],
  [['email'], (signs) => signs.hasAt, detectEmails],
  [['iban'], (signs) => signs.hasDigit, detectIbans],
  [['card'], (signs) => signs.hasDigit, detectCards],
  [['national_id'], (signs) => signs.hasDigit, detectGreekIds],
  [['phone'], (signs) => signs.hasDigit, detectPhones],
  [['ip'], (signs) => signs.hasDigit || signs.hasLink, detectAddresses],
  [['secret'], (signs) => signs.hasDigit && signs.hasRun, detectRandomTokens],
]

/** Removes everything in a text that looks like a credential or personal data. The second net, after structure. */
export function redactText(text: string, options: RedactOptions = {}): Redacted {
  const spans = resolveOverlaps(findSecrets(text, options.kinds))
  const values: Redacted['values'] = []
  const clean = replaceSpans(text, spans, (span, value) => {
    values.push({ kind: span.kind, value })
    if (options.replacementOf !== undefined) return options.replacementOf(span.kind, value)
    return options.pseudonymiser?.placeholder(span.kind, value) ?? `[${span.kind}]`
  })
  return { text: clean, removed: countKinds(spans), values }
}

function findSecrets(text: string, kinds: readonly SecretKind[] | undefined): Span<SecretKind>[] {
  const spans: Span<SecretKind>[] = []
  const signs = signsOf(text)
  for (const [offered, isPossible, detect] of DETECTORS) {
    if (!isPossible(signs)) continue
    if (kinds !== undefined && !offered.some((kind) => kinds.includes(kind))) continue
    for (const span of detect(text)) if (kinds === undefined || kinds.includes(span.kind)) spans.push(span)
  }
  return spans.length === 0 ? spans : withoutPlaceholders(spans, text)
}

/** "[token:3f9a, 32 chars]" reads like an assignment; what we wrote ourselves is left alone. */
function withoutPlaceholders(spans: Span<SecretKind>[], text: string): Span<SecretKind>[] {
  const ours = findPlaceholders(text)
  if (ours.length === 0) return spans
  return spans.filter((span) => !ours.some(({ start, end }) => span.start < end && span.end > start))
}

function countKinds(spans: readonly Span<SecretKind>[]): Redacted['removed'] {
  const counts = new Map<SecretKind, number>()
  for (const { kind } of spans) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count }))
}
