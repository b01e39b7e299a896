import { answerCoverage, bestPassage, createIndex, fold, type Locale, splitSections, transliterate } from '@clew/text'
import { describe, expect, test } from 'vitest'
import { loadFilledArticles, slugsOf } from './load-articles.ts'
import { outOfScope, type Question, questions } from './retrieval.questions.ts'
import { unseenOutOfScope, unseenQuestions } from './retrieval.unseen.ts'

const locales = ['en', 'el'] as const
const index = createIndex(locales.flatMap(loadFilledArticles))

describe.each(locales)('retrieval over the starter articles in %s', (locale) => {
  const own = questions.filter((question) => question.locale === locale)

  test('at least five paraphrases of each article are asked', () => {
    for (const slug of slugsOf(locale)) {
      expect(own.filter((question) => question.slug === slug).length, slug).toBeGreaterThanOrEqual(5)
    }
  })

  test('the right article comes first for four questions in five, and nearly always among the first three', () => {
    const { first, third } = recall('tuned', own)
    expect(first).toBeGreaterThanOrEqual(0.8)
    expect(third).toBeGreaterThanOrEqual(0.93)
  })
})

test('harder questions that the articles were not written for still find their article among the first three', () => {
  const { first, third } = recall('hard', unseenQuestions)
  expect(first).toBeGreaterThanOrEqual(0.7)
  expect(third).toBeGreaterThanOrEqual(0.9)
})

test('a question about something else stays below the coverage that an answer needs', () => {
  const answered = [...outOfScope, ...unseenOutOfScope].filter((question) => coverageOf(question) >= answerCoverage)
  expect(answered).toEqual([])
})

test('few questions that have an answer are turned away by the same coverage', () => {
  const refused = questions.filter((question) => coverageOf(question) < answerCoverage)
  expect(refused.length / questions.length).toBeLessThanOrEqual(0.05)
})

test('coverage tells answerable questions from others', () => {
  const auroc = areaUnderCurve(
    [...questions, ...unseenQuestions].map(coverageOf),
    [...outOfScope, ...unseenOutOfScope].map(coverageOf),
  )
  console.info(`abstention AUROC ${auroc.toFixed(3)}`)
  expect(auroc).toBeGreaterThanOrEqual(0.95)
})

describe('careless writing costs at most eight points', () => {
  const all = [...questions, ...unseenQuestions]
  const greek = all.filter(({ text }) => /\p{Script=Greek}/u.test(text))
  const english = all.filter(({ locale }) => locale === 'en')

  test.each([
    ['English with typos', english, withTypos],
    ['English in capitals', english, (text: string) => text.toUpperCase()],
    ['Greek with typos', greek, withTypos],
    ['Greek without accents', greek, fold],
    ['Greek in capitals', greek, (text: string) => text.toUpperCase()],
    ['Greeklish by sound', greek, (text: string) => transliterate(text, 'phonetic')],
    ['Greeklish by shape', greek, (text: string) => transliterate(text, 'visual')],
    ['Greeklish with typos', greek, (text: string) => withTypos(transliterate(text, 'phonetic'))],
  ] as const)('%s', (name, own, write) => {
    const careless = recall(
      name,
      own.map((question) => ({ ...question, text: write(question.text) })),
    )
    expect(careless.first).toBeGreaterThanOrEqual(recall(`${name}, as written`, own).first - 0.08)
    expect(careless.third).toBeGreaterThanOrEqual(0.9)
  })
})

describe('the passage that is quoted', () => {
  test.each([
    ['en', 'my pdf wont upload', 'upload-failures', undefined],
    ['en', 'could my vpn be blocking the upload', 'upload-failures', 'Leave VPN, proxy or firewall for a moment'],
    ['en', 'ERR_CONNECTION_RESET while uploading', 'upload-failures', 'What the message means'],
    ['en', 'how do I record a har in firefox', 'capture-a-har', 'Firefox'],
    ['en', 'can the desktop app make a har', 'capture-a-har', 'The desktop and mobile apps'],
    ['en', 'how can i get x-request-id with curl', 'finding-request-ids', 'With curl'],
    ['en', 'why was I billed twice', 'account-sign-in-and-billing', 'Questions about a charge'],
    ['en', 'I want my money back', 'account-sign-in-and-billing', undefined],
    ['en', 'how do I appeal a policy warning', 'safety-and-policy-flags', 'Appeal, if you think it was a mistake'],
    ['en', 'we have no seats left', 'admin-console', 'Seats: who has one, and what if none is left'],
    ['en', 'what happens when a user is deprovisioned', 'sso-and-scim-setup', 'What happens on deprovisioning'],
    ['en', 'why was my export refused', 'audit-and-retention', 'An export was refused or does not start'],
    ['en', 'why did my credits go down so fast', 'usage-and-limits', 'Why credits go down quickly'],
    ['en', 'is it just me or is it everybody', 'status-and-incidents', 'Is it only me, or everybody?'],
    ['en', 'how long should I wait before I retry', 'api-errors-and-rate-limits', 'How long to wait before you retry'],
    ['en', 'delete everything you have about me', 'privacy', 'Have your data deleted'],
    ['el', 'den anevainei to arxeio', 'upload-failures', undefined],
    ['el', 'θέλω εκπρόσωπο', 'contacting-support', 'Με άνθρωπο'],
    ['el', 'να το μοιραστώ με google drive', 'sanitise-and-share-a-har', 'Πάνω από 25 MB'],
    ['el', 'xexasa ton kodiko mou', 'account-sign-in-and-billing', 'Δεν μπορείτε να συνδεθείτε'],
    ['el', 'πώς κάνω ένσταση για προειδοποίηση πολιτικής', 'safety-and-policy-flags', 'Κάντε ένσταση, αν έγινε λάθος'],
    ['el', 'η προσκληση εληξε, πως τη στελνω ξανα', 'admin-console', 'Η πρόσκληση έληξε ή δεν έφτασε'],
    ['el', 'pos rythmizo to scim', 'sso-and-scim-setup', 'Ρυθμίστε την παροχή χρηστών (SCIM)'],
    ['el', 'λήψη αρχείου ελέγχου σε csv', 'audit-and-retention', 'Λήψη του αρχείου ελέγχου'],
    ['el', 'thelo megalitero orio xrisis', 'usage-and-limits', 'Ζητήστε μεγαλύτερο όριο'],
    ['el', 'ολα ειναι πολυ αργα σημερα', 'status-and-incidents', 'Όλα είναι αργά'],
    ['el', 'τι σημαίνει σφάλμα 429', 'api-errors-and-rate-limits', 'Τι σημαίνουν οι κωδικοί'],
    ['el', 'ποιος διαβάζει τη συνομιλία μου', 'privacy', 'Ποιος διαβάζει τη συνομιλία σας'],
  ] as const)('in %s, «%s» is answered from %s: %s', (locale, text, slug, heading) => {
    const [hit] = index.search(text, { locale })
    const article = loadFilledArticles(locale).find(({ id }) => id === hit?.id)
    const best = bestPassage(hit?.matched.query ?? text, splitSections(article?.body ?? ''))
    expect(article?.id).toBe(slug)
    expect(best?.passage.heading).toBe(heading)
  })
})

test('Greeklish is answered from the Greek articles and says how it was read', () => {
  const [hit] = index.search('den anevainei to arxeio', { locale: 'el' })
  expect(hit?.id).toBe('upload-failures')
  expect(hit?.matched).toEqual({ readAs: 'greeklish', query: 'δεν ανεβαίνει το αρχείο' })
})

test('a typo is repaired and the repaired query is shown', () => {
  const [hit] = index.search('uplod failures', { locale: 'en' })
  expect(hit?.id).toBe('upload-failures')
  expect(hit?.matched).toEqual({ readAs: 'typo', query: 'upload failures' })
})

function recall(name: string, own: readonly Question[]): { first: number; third: number } {
  const ranked = own.map((question) => ({ ...question, rank: rankOf(question) }))
  const first = ranked.filter(({ rank }) => rank === 1).length / own.length
  const third = ranked.filter(({ rank }) => rank !== undefined && rank <= 3).length / own.length
  const locale = own[0]?.locale === own.at(-1)?.locale ? (own[0]?.locale ?? '') : 'en+el'
  console.info(`${name} ${locale}: ${own.length} questions, R@1 ${first.toFixed(3)}, R@3 ${third.toFixed(3)}`)
  return { first, third }
}

function rankOf({ text, locale, slug }: Question): number | undefined {
  const position = index.search(text, { locale }).findIndex(({ id }) => id === slug)
  return position < 0 ? undefined : position + 1
}

function coverageOf({ text, locale }: { text: string; locale: Locale }): number {
  return index.search(text, { locale, limit: 1 })[0]?.coverage ?? 0
}

/** About a third of the longer words get one slip: a letter lost, doubled, or swapped with its neighbour. */
function withTypos(text: string): string {
  let state = text.length
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  const slip = (word: string): string => {
    if (word.length < 5 || next(3) > 0) return word
    const at = 1 + next(word.length - 2)
    const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)]
    return (
      [before + after, before + letter + letter + after, before + after.charAt(0) + letter + after.slice(1)][next(3)] ??
      word
    )
  }
  return text.split(' ').map(slip).join(' ')
}

function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  const wins = positives.flatMap((p) => negatives.map((n): number => (p > n ? 1 : p === n ? 0.5 : 0)))
  return wins.reduce((sum, win) => sum + win, 0) / wins.length
}
