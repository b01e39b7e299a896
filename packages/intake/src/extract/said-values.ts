import { fold } from '@clew/text'

const longest = 4000

const codes =
  '400|401|402|403|404|405|408|409|410|411|413|415|422|425|429|431|500|501|502|503|504|507|520|521|522|523|524|525|526|529'
const code = new RegExp(
  `(?<![\\p{L}\\d_/#.,:+€$-])(${codes}|[45]xx)(?:['’]?s)?(?![\\p{L}\\d_%/€$-]|[.,:]\\d|\\s*(?:[kmg]i?b|%|files?|users?|tokens?|words?|pages?|seats?|people|members?|ms|sec\\p{L}*|min\\p{L}*|times|hours?|euros?|dollars?|calls? (?:per|a|an)|requests? (?:per|a|an)|αρχεια|χρηστ\\p{L}*|λεξεισ|σελιδεσ|ευρω|λεπτα|δευτερολεπτα)(?!\\p{L}))`,
  'gu',
)
/** Words that a status code is told with. In Greeklish too, so they are beginnings. */
const told =
  /(?<!\p{L})(?:https?|status|codes?|errors?|api|returns?|returned|returning|respon\p{L}*|answers?|answered|gets?|got|getting|gives?|gave|throws?|endpoint\p{L}*|requests?|calls?|server|gateway|unauthori[sz]ed|forbidden|too many|rate limit\p{L}*|σφαλμα\p{L}*|κωδικ\p{L}*|επιστρεφ\p{L}*|βγαζ\p{L}*|εβγαλε|δινει|παιρν\p{L}*|πηρα|απαντ\p{L}*|κληση|κλησεισ|αιτημα\p{L}*|sfalma\p{L}*|kwdik\p{L}*|kodik\p{L}*|epistref\p{L}*|bgaz\p{L}*|vgaz\p{L}*|ebgale|evgale|dinei|pairn\p{L}*|phra|pira|apant\p{L}*|klhs\p{L}*|klis\p{L}*)(?!\p{L})/u
/** "Not 429 but 503", "it was 401 before". */
const denied =
  /(?<!\p{L})(?:not|no longer|isn['’]?t|instead of|rather than|never|δεν (?:ειναι|ηταν|επιστρεφει)|οχι|αντι(?: για)?|den (?:einai|htan|itan)|oxi|ochi|anti(?: gia)?)\s+(?:(?:a|an|the|το|to|error|code|σφαλμα)\s+)?$/u

/**
 * The HTTP status that somebody tells, as `503`, or `5xx`. Undefined where none is told, or several are. `isAsked`: a
 * bare number is an answer.
 */
export function readHttpStatus(text: string, { isAsked = false } = {}): { value: string; quote: string } | undefined {
  const folded = fold(text.slice(0, longest))
  const found = [...folded.matchAll(code)]
    .filter((match) => {
      const before = folded.slice(Math.max(0, match.index - 60), match.index)
      const around = `${before} ${folded.slice(match.index + match[0].length, match.index + match[0].length + 40)}`
      return !denied.test(before) && (isAsked || told.test(around))
    })
    .map(([, value = '']) => value)
  const [value, ...others] = new Set(found)
  return value === undefined || others.length > 0 ? undefined : { value, quote: value }
}

const size =
  /(?<![\p{L}\d.,])(\d{1,5}(?:[.,]\d{1,3})?)\s?(kb|mb|gb|kib|mib|gib|megs?|megabytes?|gigabytes?|μεγαμπαιτ|γιγαμπαιτ)(?!\p{L}|\/|ps)/gu
/** A limit, or what is free, is not the size of the file. */
const notTheFile =
  /(?<!\p{L})(?:limit(?: is)?|max(?:imum)?|up to|at most|only|under|below|less than|allow\p{L}*|than|free|left|οριο|μεχρι|εωσ|κατω απο|επιτρεπ\p{L}*|orio|mexri)[\s:]*(?:(?:of|is|το|ειναι|einai|τα|στα)\s+)*$/u
const bytes: Record<string, number> = { k: 1e3, m: 1e6, g: 1e9, μ: 1e6, γ: 1e9 }

/** How large somebody says their file is; the largest of several. */
export function readFileSize(text: string): { bytes: number; quote: string } | undefined {
  const folded = fold(text.slice(0, longest))
  const found = [...folded.matchAll(size)].flatMap((match) => {
    const [quote, amount = '', unit = ''] = match
    if (notTheFile.test(folded.slice(Math.max(0, match.index - 40), match.index))) return []
    if (/^\s*(?:limit|max|οριο|orio|ram|memory|free|of ram)/u.test(folded.slice(match.index + quote.length))) return []
    return [{ bytes: Number(amount.replace(',', '.')) * (bytes[unit[0] ?? ''] ?? 1), quote }]
  })
  return found.sort((a, b) => b.bytes - a.bytes)[0]
}
