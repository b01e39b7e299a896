import { detectAssignments } from './assignments.ts'
import {
  detectBearers,
  detectCards,
  detectCookieLines,
  detectJwts,
  detectPrivateKeys,
  detectRandomTokens,
  detectServiceKeys,
} from './detectors.ts'
import { Marks } from './marks.ts'
import {
  detectAddressPasswords,
  detectBarePasswords,
  detectHouseKeys,
  detectToldCodes,
  isHarmlessRun,
} from './message-secrets.ts'
import { detectOneTimeCodes, detectPasswordPhrases } from './phrases.ts'
import { replaceSpans, resolveOverlaps, type Span } from './spans.ts'

export type MessageSecretKind =
  | 'private_key'
  | 'api_key'
  | 'jwt'
  | 'bearer'
  | 'password'
  | 'one_time_code'
  | 'cookie'
  | 'card'
  | 'secret'

export interface MaskedMessage {
  text: string
  /** In the order of the text; `label` is what stands there now, e.g. `[secret:password]`. */
  masked: { kind: MessageSecretKind; label: string }[]
}

/** Masks credentials that a person typed into a conversation. Names, e-mails and request ids stay: the agent needs them. */
export function maskSecretsInMessage(text: string): MaskedMessage {
  const marks = new Marks(text)
  const spans: Span<MessageSecretKind>[] = [
    ...detectPrivateKeys(text),
    ...detectServiceKeys(text, marks),
    ...detectHouseKeys(text),
    ...detectAddressPasswords(text),
    ...detectJwts(text),
    ...detectBearers(text),
    ...detectPasswordPhrases(text),
    ...detectBarePasswords(text),
    ...detectOneTimeCodes(text),
    ...detectToldCodes(text),
    ...detectCookieLines(text),
    ...detectSecretAssignments(text, marks),
    ...detectCards(text, marks),
    ...detectRandomTokens(text, marks).filter((span) => !isHarmlessRun(text, span)),
  ]
  const resolved = resolveOverlaps(spans.filter((span) => !isMask(text.slice(span.start, span.end))))
  const masked = resolved.map(({ kind }) => ({ kind, label: labelOf(kind) }))
  return { text: replaceSpans(text, resolved, ({ kind }) => labelOf(kind)), masked }
}

function labelOf(kind: MessageSecretKind): string {
  return `[secret:${kind}]`
}

function isMask(value: string): boolean {
  return /^\[?secret:[a-z_]+\]?$/.test(value)
}

/** `api_key=…` and its like. Passwords in words are judged by `phrases`, which knows "password: doesn't work". */
function detectSecretAssignments(text: string, marks: Marks): Span<MessageSecretKind>[] {
  const spans: Span<MessageSecretKind>[] = []
  for (const { start, end, kind } of detectAssignments(text, marks)) {
    const value = text.slice(start, end)
    if (kind === 'cookie' && value.length >= 8) spans.push({ start, end, kind: 'cookie' })
    if (kind === 'token' && isTokenLike(value)) spans.push({ start, end, kind: 'api_key' })
  }
  return spans
}

function isTokenLike(value: string): boolean {
  return value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value)
}
