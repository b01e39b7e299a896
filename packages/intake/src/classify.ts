import { fold, type Locale } from '@clew/text'
import { type ProblemKind, problemKinds } from './problem-kinds.ts'

export type ClassifiedProblem = { kind: ProblemKind /** 0–1; 0 when no word decided. */; confidence: number }

type Clue = { pattern: RegExp; weight: number }

const clue = (weight: number, ...sources: string[]): Clue => ({
  pattern: new RegExp(`(?<!\\p{L})(?:${sources.join('|')})`, 'gu'),
  weight,
})

/** Words of English, Greek and Greeklish that speak for a kind of problem. Greek words are stems. */
const clues: Record<Exclude<ProblemKind, 'other'>, readonly Clue[]> = {
  upload: [
    clue(
      3,
      'upload',
      'μεταφορτ',
      'metafort',
      'ανεβα',
      'ανεβει',
      'ανεβοκ',
      'ανεβασ',
      'aneva',
      'aneve',
      'anevei',
      'aneba',
      'anebe',
      '413',
    ),
    clue(2, 'attach', 'επισυναψ', 'συνημμεν'),
    clue(1, 'file', 'pdf', 'αρχει', 'arxei', 'archei', 'κολλαει στο', '100 ?%'),
  ],
  sign_in: [
    clue(
      4,
      'no accounts? found',
      'sso',
      'single sign',
      'δεν βρεθηκαν λογαριασμ',
      'den vre8?t?h?ikan logariasm',
      'ενιαια συνδεση',
    ),
    clue(
      3,
      'sign(?:ing|ed)? ?-?in',
      'log(?:ging|ged)? ?-?in',
      'login',
      'locked out',
      'συνδεθ',
      'συνδεομ',
      'συνδεστ',
      'sindeth',
      'syndeth',
      'sundeth',
      'sunde8',
      'sinde8',
      'synde8',
      'μπω στον λογαριασμ',
      'mpo ston logariasm',
    ),
    clue(2, 'password', '2fa', 'verification code', 'κωδικο', 'kwdiko', 'kodiko', 'συνδεση με', 'εισοδο', 'eisodo'),
  ],
  billing: [
    clue(
      4,
      'charg',
      'invoice',
      'refund',
      'billing',
      'billed',
      'payment',
      'subscription',
      'χρεω',
      'τιμολογ',
      'επιστροφη χρημ',
      'πληρω',
      'συνδρομ',
      'xreo',
      'xrew',
      'timologi',
      'plirom',
      'plhrwm',
      'sindrom',
      'syndrom',
    ),
    clue(
      2,
      'upgrade',
      'downgrade',
      'credit card',
      'price',
      'vat',
      'receipt',
      'αναβαθμισ',
      'καρτα',
      'φπα',
      'αποδειξ',
      'karta',
      'apodeix',
    ),
  ],
  policy: [
    clue(4, 'usage polic', 'violat', 'flagged', 'moderation', 'πολιτικεσ χρησησ', 'παραβια'),
    clue(
      3,
      'blocked my (?:message|prompt)',
      'message was (?:blocked|stopped)',
      'polic(?:y|ies)',
      'πολιτικη',
      'logo politik',
      'μπλοκαριστηκε το μηνυμα',
      'mplokaristike to m',
    ),
  ],
  api_error: [
    clue(
      3,
      'api(?!\\p{L})',
      'request id',
      'req_',
      'rate limit',
      'sdk',
      'endpoint',
      'αναγνωριστικο αιτηματοσ',
      'chatcmpl',
      'completion',
    ),
    clue(2, '(?:4(?:00|01|03|04|22|29)|50[0-4])(?!\\d)', 'curl', 'time(?:d)? ?out', 'stream'),
  ],
  ui_problem: [
    clue(3, 'blank', 'white screen', 'spinner', 'freez', 'λευκη', 'παγων', 'lefki'),
    clue(
      2,
      'page',
      'button',
      "(?:not|nothing|never|won[’']?t|wont) loads?",
      'does not load',
      'screen',
      'display',
      'crash',
      "does ?n[o’']?t (?:load|open)",
      'σελιδα',
      'κουμπι',
      'οθονη',
      'selida',
      'koumpi',
      'othoni',
      'δεν ανοιγ',
      'den anoig',
    ),
  ],
}

/** "This is not about uploads": a clue that is denied speaks for nothing. */
const denial =
  /(?:not about|nothing to do with|δεν εχει να κανει με|δεν αφορα|den exei na kanei me|den afora)\s+(?:the |την? |τισ |το |ta |tin )?[\p{L}-]+/gu

/** Which kind of problem a message describes. The languages are read together, because people mix them. */
export function classifyProblem(text: string, _locale: Locale): ClassifiedProblem {
  const folded = fold(text).replace(denial, ' ')
  const scores = problemKinds.flatMap((kind) =>
    kind === 'other' ? [] : [{ kind, score: scoreOf(clues[kind], folded) }],
  )
  const total = scores.reduce((sum, { score }) => sum + score, 0)
  const best = scores.reduce((top, next) => (next.score > top.score ? next : top), { kind: 'other', score: 0 } as {
    kind: ProblemKind
    score: number
  })
  return best.score < 2 ? { kind: 'other', confidence: 0 } : { kind: best.kind, confidence: best.score / (total + 1) }
}

/** Each clue counts once: saying "file" five times is not five reasons. */
function scoreOf(list: readonly Clue[], folded: string): number {
  return list.reduce((sum, { pattern, weight }) => {
    const different = new Set(folded.match(pattern) ?? []).size
    return sum + (different === 0 ? 0 : weight + Math.min(1, different - 1))
  }, 0)
}
