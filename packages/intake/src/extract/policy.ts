import { fold } from '@clew/text'
import { asCorrection } from './account.ts'
import type { Extractor, Source } from './source.ts'

const quoted =
  /«([^»\n]{8,400})»|“([^”\n]{8,400})”|"([^"\n]{8,400})"|„([^“”\n]{8,400})[“”]|(?<![\p{L}\p{N}])['‘](\p{L}[^'\n]{8,300}(?:'\p{L}[^'\n]{1,300}){0,3})['’](?![\p{L}\p{N}])/gu
const announced =
  /(?:says?|said|saying|message|notice|reads?|got|shows?|γράφει|λέει|έβγαλε|βγάζει|μήνυμα|απάντησε|εμφανίζει|γραφει|λεει|εβγαλε|βγαζει|μηνυμα|grafei|leei|evgale|vgazei|minima|mynima)(?: (?:that|is|me|exactly|ακριβώς|this))?[ \t]*[:：][ \t]*(\p{L}[^\n"«“]{10,300})/giu

/** Words of a notice about what may be said. They are looked for in folded text. */
const aboutPolicy =
  /polic(?:y|ies)|violat|guideline|terms of (?:use|service)|safety|unsafe|flagged|not (?:allowed|permitted)|moderat|inappropriate|prohibited|disallowed|restricted content|sensitive|harmful|(?:content|prompt|message|request|output|response|image)[\p{L} ]{0,20} (?:blocked|rejected|removed|refused|filtered)|can(?:no|['’])t (?:help|assist) with (?:that|this)|unable to (?:help|assist)|πολιτικ[ηεω]|παραβια|κανον(?:εσ|ισμ)|ασφαλεια|επιτρεπ|ακαταλληλ|απαγορευ|απορριφθηκε το (?:αιτημα|μηνυμα|περιεχομενο)|επιβλαβ|epitrep|politik|paravia|akatallil|apagor|asfaleia/u
/** What stands before the quotation in the same sentence may say what it is. */
const leadIn =
  /(?:flagged|policy|moderation|violation|safety (?:system|filter|notice|warning)|content (?:filter|warning)|withdrawn|taken down|banned|πολιτικ\p{L}*|αποσυρθηκ\p{L}*|επισημανθηκ\p{L}*|παραβιασ\p{L}*|μπλοκαρ\p{L}*|φιλτρο|content_filter|aposyrth\p{L}*|blokar\p{L}*|mplokar\p{L}*)[^.!?\n]{0,80}$/u

/** The exact words of a policy or safety notice: a quotation that speaks of policies, or is brought in as one. */
export const readPolicyMessage: Extractor = (source) => {
  const notice = quotedNotice(source) ?? announcedNotice(source)
  if (!notice) return []
  const { message, quote, confidence } = notice
  return [{ field: 'policy_message', value: { message }, quote, confidence, ...asCorrection(source) }]
}

type Notice = { message: string; quote: string; confidence: number }

function quotedNotice(source: Source): Notice | undefined {
  for (const match of source.text.matchAll(quoted)) {
    const [quote, ...groups] = match
    const message = (groups.find((group) => group !== undefined) ?? '').trim()
    if (aboutPolicy.test(fold(message))) return { message, quote, confidence: 0.9 }
    if (isBroughtIn(source, match.index, message)) return { message, quote, confidence: 0.7 }
  }
  return undefined
}

/** "It says: your request is not allowed", without quotation marks. */
function announcedNotice(source: Source): Notice | undefined {
  const messages = [...source.text.matchAll(announced)].map((match) =>
    (match[1] ?? '').replace(/(?<=\p{L})[.!](?:\s[\s\S]*)?$/u, '').trim(),
  )
  const message = messages.find((each) => each.length >= 12 && each.includes(' ') && aboutPolicy.test(fold(each)))
  return message === undefined ? undefined : { message, quote: message, confidence: 0.7 }
}

/** One word in quotes is mentioned, not shown. */
function isBroughtIn({ text }: Source, place: number, message: string): boolean {
  return /\S\s+\S/.test(message) && leadIn.test(fold(text.slice(Math.max(0, place - 120), place)))
}
