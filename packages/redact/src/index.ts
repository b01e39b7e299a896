export { isIpv4, isIpv6 } from './checksums.ts'
export {
  decodedViews,
  decodePercent,
  decodeUtf8,
  encodedForms,
  findRuns,
  fromBase64,
  readingsOfRun,
  toBase64,
  unescapedViews,
} from './encodings.ts'
export { isWordy, looksRandom } from './entropy.ts'
export { isKnownId } from './known-ids.ts'
export { type MaskedMessage, type MessageSecretKind, maskSecretsInMessage } from './mask-message.ts'
export { classifyName, type NameKind } from './names.ts'
export { createNeedleFinder, MIN_NEEDLE, type NeedleFinder } from './needles.ts'
export { createFileKey, createPseudonymiser, findPlaceholders, isPlaceholder, type Pseudonymiser } from './pseudonym.ts'
export { type Redacted, type RedactOptions, redactText, type SecretKind } from './redact-text.ts'
