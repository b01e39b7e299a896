/**
 * Identifiers that a support engineer needs and that open nothing: they look random but are kept.
 * Judged on the whole token; a credential is looked for first, so nothing here can shelter a key.
 */
const KNOWN_IDS: readonly RegExp[] = [
  /^req_[A-Za-z0-9]{8,64}$/,
  /^(?:chatcmpl|cmpl|modr|resp|run|thread|msg|asst|batch|ftjob|call|file|evt)[-_][A-Za-z0-9]{6,64}$/,
  /^(?:org|proj|g|ws|team|acct)[-_][A-Za-z0-9]{6,64}$/,
  /^[0-9a-f]{16}-[A-Z]{3}$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/,
  /^(?:Root=)?1-[0-9a-f]{8}-[0-9a-f]{24}(?:;.{0,80})?$/,
  /^(?:sha256|sha384|sha512)-[A-Za-z0-9+/]{40,90}={0,2}$/,
]

/** Every known identifier has a hyphen or an underscore, and none is shorter. */
const MIN_KNOWN_ID = 8

export function isKnownId(text: string): boolean {
  if (text.length < MIN_KNOWN_ID || text.length > 160 || !/[-_]/.test(text)) return false
  return KNOWN_IDS.some((pattern) => pattern.test(text))
}

const LABEL =
  /(?:request|trace|correlation|completion|span|ray|organi[sz]ation|org|project|αιτήματος|ιχνους|αναγνωριστικό)[\s_-]{0,2}(?:id)?["']?\s{0,3}[:=]?\s{0,3}["']?$/i

/** "request id: 4bf9…": the words before a token say that it is an identifier. */
export function isLabelledAsId(textBefore: string): boolean {
  return LABEL.test(textBefore.slice(-40))
}
