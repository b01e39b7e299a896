import { ordersIn } from '@clew/assistant/composing/instructions'
import { faultsOf } from '@clew/assistant/composing/verify'
import { expect, test } from 'vitest'
import { createLibrary } from '../src/domains/articles/library.ts'
import { readStarterFiles } from '../src/domains/articles/starter-files.ts'

const settings = {
  brand: 'Northlight',
  appHost: 'app.northlight.example',
  supportEmail: 'support@northlight.example',
  uploadLimitMb: 20,
  captureRetentionDays: 30,
}

async function passages() {
  const { sections, articles } = await readStarterFiles(import.meta.dirname)
  const rows = articles.map((article, at) => ({ ...article, id: String(at) as never }))
  const { list } = createLibrary({ version: '1', sections, articles: rows }, settings)
  return [...list('en'), ...list('el')].flatMap(({ slug, locale, passages: all }) =>
    all.map(({ heading, text, steps }) => ({
      where: `${locale}/${slug}`,
      locale,
      text: [heading, text, ...steps].filter(Boolean).join('\n'),
    })),
  )
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/\n|(?<=[.!])\s+/)
    .map((line) => line.replace(/^- /, '').trim())
    // What a secret is replaced by is never said by a model, not even in an example.
    .filter((line) => /[.!]$/.test(line) && !line.includes('[secret:'))

test('no article gives orders to machines', async () => {
  expect((await passages()).filter(({ text }) => ordersIn(text).length > 0)).toEqual([])
})

test('every sentence of an article may be said word for word', async () => {
  const refused = (await passages()).flatMap(({ where, locale, text }) =>
    sentencesOf(text).flatMap((sentence) => {
      const ground = { passages: new Map([['p1', text]]), said: '', language: locale, hosts: [] }
      const faults = faultsOf({ text: sentence, cites: ['p1'] }, ground)
      return faults.length > 0 ? [{ where, sentence, faults }] : []
    }),
  )
  expect(refused).toEqual([])
})

const wrong: Record<string, { least: number; of(sentence: string, locale: 'en' | 'el'): string }> = {
  'a number more': {
    least: 1,
    of: (sentence, locale) => sentence.replace(/\.$/, locale === 'en' ? ' within 3 days.' : ' μέσα σε 3 ημέρες.'),
  },
  'another number': { least: 1, of: (sentence) => sentence.replace(/\d+/, (digits) => String(Number(digits) * 3 + 1)) },
  'a link more': { least: 1, of: (sentence) => sentence.replace(/\.$/, ' at https://evil.example/x.') },
  'a promise more': {
    least: 0.97,
    of: (sentence, locale) =>
      sentence.replace(/\.$/, locale === 'en' ? ' and you get a refund.' : ' και θα πάρετε επιστροφή χρημάτων.'),
  },
  // Some of these say in the end what was said before, as "not not" does.
  'the opposite': {
    least: 0.88,
    of: (sentence, locale) =>
      locale === 'en'
        ? sentence.replace(/ (is|are|can|may|will|does|do|must) /, ' $1 not ')
        : sentence.replace(/ (είναι|μπορεί|μπορείτε|έχει|γίνεται) /, ' δεν $1 '),
  },
}

test.each(Object.entries(wrong))('a sentence of an article with %s is refused', async (_what, { least, of }) => {
  const judged = (await passages()).flatMap(({ locale, text }) =>
    sentencesOf(text).flatMap((sentence) => {
      const false_ = of(sentence, locale)
      if (false_ === sentence || sentence.split(' ').length < 6) return []
      return [
        faultsOf(
          { text: false_, cites: ['p1'] },
          { passages: new Map([['p1', text]]), said: '', language: locale, hosts: [] },
        ),
      ]
    }),
  )
  expect(judged.length).toBeGreaterThan(20)
  expect(judged.filter((faults) => faults.length > 0).length / judged.length).toBeGreaterThanOrEqual(least)
})
