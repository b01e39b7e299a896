export { createViewSearch } from './byte-views.ts'
export { isIpv4, isIpv6 } from './checksums.ts'
export {
  decodedViews,
  decodeEntities,
  decodePercent,
  decodeUtf8,
  fromBase64,
  needleForms,
  toBase64,
} from './encodings.ts'
export { isWordy, looksRandom } from './entropy.ts'
export { foldBytes, foldText, spellingsOf } from './folding.ts'
export { isKnownId } from './known-ids.ts'
export { findLongRuns, isPlainWords } from './marks.ts'
export { type MaskedMessage, type MessageSecretKind, maskSecretsInMessage } from './mask-message.ts'
export { classifyName, type NameKind } from './names.ts'
export { MIN_NEEDLE } from './needle-index.ts'
export { createNeedleFinder, type FoundNeedle, type NeedleFinder, type Sparing } from './needles.ts'
export { ownCopy } from './own-copy.ts'
export { createFileKey, createPseudonymiser, findPlaceholders, isPlaceholder, type Pseudonymiser } from './pseudonym.ts'
export { type Redacted, type RedactOptions, redactText, type SecretKind } from './redact-text.ts'
