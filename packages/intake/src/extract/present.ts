import type { Moment } from './machine-moments.ts'
import { expects, type Hit, hits, type Source, sentenceAround } from './source.ts'

const english =
  "(?:(?:it|this|that|they)(?:['’]?s)?\\s+)?(?:(?:is|was|has|have|just|only|happened|happening|happens|started|failed|fails|failing|occurred)\\s+)*(?:right |just |even |still |as of )*now"
const greek =
  '(?:(?:ειναι|ηταν|εγινε|γινεται|συνεβη|συμβαινει|ξεκινησε|αρχισε|εσκασε|μου|αυτο|και|ακομα|ακομη)\\s+)*(?:(?:μολισ|μονο|αυτη τη στιγμη|εδω)\\s+)?(?:τωρα(?:\\s+(?:δα|μολισ|ακριβωσ))?|μολισ(?:\\s+(?:εγινε|συνεβη|ξεκινησε))?|αυτη τη στιγμη)'
const tail = '(?:[\\s,]+(?:again|here|exactly|sorry|παλι|ακριβωσ|δα))*'

/** Nothing but the present moment, as one answers "when did it happen?". */
const answer = new RegExp(`^\\s*(?:(?:${english})|(?:${greek}))${tail}[\\s.!…]*$`, 'u')

/** What cannot be about another time than the one at which it is written. */
const justNow = /(?<!\p{L})(?:(?:only )?just now|μολισ τωρα|τωρα μολισ|τωρα δα)(?!\p{L})/gu

const amiss =
  /(?<!\p{L})(?:fail\p{L}*|errors?|crash\p{L}*|br(?:oke|oken|eaks?)|stop(?:s|ped)?|stuck|fr(?:oze|eezes|ozen)|hangs?|hung|timed out|timeout|denied|refused|rejected|lost|gone|blank|slow|problems?|issues?|wrong|cannot|can['’]?t|couldn['’]?t|\p{L}+n['’]t|not|no longer|nothing|σφαλμα\p{L}*|λαθοσ|απετυχ\p{L}+|αποτυ\p{L}+|κολλ\p{L}+|χαλασ\p{L}*|επεσε|πεφτει|εσκασε|σκαει|σταματ\p{L}+|δεν|προβλημα\p{L}*|χαθηκ\p{L}+|αργει|τιποτα)(?!\p{L})|(?<!\d)[45]\d\d(?!\d)/u
const done =
  /(?<!\p{L})(?:happen(?:s|ed)|tried|occurred|got|saw|εγινε|συνεβη|δοκιμασα|προσπαθησα|εβγαλε|πηρα|ειδα)(?!\p{L})/u
const well =
  /(?<!\p{L})(?:works?|worked|working|fine|ok|okay|fixed|solved|resolved|δουλευει|δουλεψε|λειτουργει|λειτουργησε|λυθηκε|φτιαχτηκε|εφτιαξε|ενταξει|κανονικα)(?!\p{L})/u

/**
 * The present, where somebody names it as the moment of the problem: "now" as an answer, "just now" in a sentence that
 * says what went wrong. "Now it works", "I need it now" and "I changed my plan just now" name none.
 */
export function readPresent(source: Source): Moment[] {
  const value = { ...(source.zone ? { zone: source.zone } : {}), utc: source.now.toISOString() }
  if (expects(source, 'timestamps') && answer.test(source.folded)) {
    const said = source.text.trim()
    return [{ start: 0, end: source.folded.length, value: { ...value, said }, sure: 0.85 }]
  }
  return hits(source, justNow)
    .filter((hit) => isOfTheProblem(source, hit))
    .map(({ start, end, quote }) => ({ start, end, value: { ...value, said: quote.trim() }, sure: 0.8 }))
}

/** "One more, from just now: req_1" says of what it tells when it was. */
const ofIt = /(?<!\p{L})(?:from|since|απο)\s+$/u

/** "Uploads fail. Just now." has a sentence for the moment alone. */
function isOfTheProblem(source: Source, { start, end }: Hit): boolean {
  const around = sentenceAround(source, start, end)
  const said = source.folded.slice(around.start, around.end)
  if (said.replace(/[\s.,!…]+$/u, '').trim().length === end - start) return true
  if (ofIt.test(source.folded.slice(Math.max(0, start - 10), start))) return true
  return amiss.test(said) || (done.test(said) && !well.test(said))
}
