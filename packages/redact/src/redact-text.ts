import { type AssignmentKind, detectAssignments, detectElements, detectEncodedAssignments } from './assignments.ts'
import {
  type Detector,
  detectAddresses,
  detectArguments,
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
import { isPlainWords, Marks, MIN_RUN } from './marks.ts'
import { detectAddressPasswords, hasOption } from './message-secrets.ts'
import { detectNamedCodes } from './phrases.ts'
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
  | 'code'
  | 'argument'

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

type Row = readonly [kinds: readonly SecretKind[], sign: Sign, detect: Detector<SecretKind>]
type Sign = (text: string, marks: Marks) => boolean

const hasLink: Sign = (_, { links }) => links.length > 0
const hasNumber: Sign = (_, { numbers }) => numbers.length > 0
const hasRun: Sign = (text, { runs }) => text.length >= MIN_RUN && runs.length > 0

const ASSIGNED: readonly AssignmentKind[] = ['password', 'token', 'cookie', 'email', 'personal']
/** Sentences that speak of a code are short. */
const MAX_WITH_CODE = 2_000

/** Most certain first: where two overlap, the first one names the find. A detector whose sign is missing is not run. */
export const DETECTORS: readonly Row[] = [
  [['private_key'], (text) => text.length >= 20 && text.includes('-----BEGIN'), detectPrivateKeys],
  [['api_key'], hasRun, detectServiceKeys],
  [['jwt'], (text) => text.length >= 11 && text.includes('eyJ'), detectJwts],
  [['bearer'], (text) => text.length >= 13, detectBearers],
  [['password'], (text) => text.includes('@') || hasOption(text), detectAddressPasswords],
  [['cookie'], hasLink, detectCookieLines],
  [ASSIGNED, (text) => /[=:]/.test(text), detectAssignments],
  [ASSIGNED, (text) => text.includes('</'), detectElements],
  [ASSIGNED, (text) => text.includes('%3'), detectEncodedAssignments],
  [['email'], (text) => text.includes('@'), detectEmails],
  [['iban'], (text) => text.length >= 15, detectIbans],
  [['card'], hasNumber, detectCards],
  [['national_id'], hasNumber, detectGreekIds],
  [['phone'], hasNumber, detectPhones],
  [['ip'], (text, marks) => hasNumber(text, marks) || hasLink(text, marks) || text.length >= 17, detectAddresses],
  [['secret'], hasRun, detectRandomTokens],
  [['code'], (text) => text.length <= MAX_WITH_CODE && /\d{3}[ -]?\d/.test(text), detectNamedCodes],
  [['argument'], (text) => text.includes('): '), detectArguments],
]

/** Removes everything in a text that looks like a credential or personal data. The second net, after structure. */
export function redactText(text: string, options: RedactOptions = {}): Redacted {
  const found = isPlainWords(text) ? [] : findSecrets(text, options.kinds)
  if (found.length === 0) return { text, removed: [], values: [] }
  const spans = resolveOverlaps(found)
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
  const marks = new Marks(text)
  for (const [offered, hasSign, detect] of DETECTORS) {
    if (kinds !== undefined && !offered.some((kind) => kinds.includes(kind))) continue
    if (!hasSign(text, marks)) continue
    for (const span of detect(text, marks)) if (kinds === undefined || kinds.includes(span.kind)) spans.push(span)
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
