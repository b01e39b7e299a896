import type { Extractor } from './source.ts'

const quoted = /«([^»\n]{12,400})»|“([^”\n]{12,400})”|"([^"\n]{12,400})"|„([^“”\n]{12,400})[“”]/g
const aboutPolicy =
  /polic(?:y|ies)|violat|guidelines|safety|flagged|not allowed|moderat|πολιτικ|παραβι|κανον(?:ες|ισμ)|ασφαλ[εέ]ια|δεν επιτρ[εέ]πεται/iu

/** The exact words of a policy or safety notice: a quotation that speaks of policies. */
export const readPolicyMessage: Extractor = ({ text }) => {
  for (const match of text.matchAll(quoted)) {
    const message = match.slice(1).find((group) => group !== undefined)
    if (message && aboutPolicy.test(message))
      return [{ field: 'policy_message', value: { message: message.trim() }, quote: match[0] }]
  }
  return []
}
