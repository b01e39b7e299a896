import { growth } from '@clew/testkit/growth'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SearchDocument } from './locale-index.ts'
import { bestPassage, type Passage } from './passage.ts'
import { createIndex } from './search-index.ts'

const documents: SearchDocument[] = [
  {
    id: 'upload',
    locale: 'en',
    title: 'Upload failures',
    body: 'Check the size of the file. Reload the page. Try a private window.',
  },
  {
    id: 'invoice',
    locale: 'en',
    title: 'Invoices',
    body: 'Download an invoice for every payment. Change the billing address.',
  },
  {
    id: 'password',
    locale: 'en',
    title: 'Reset a password',
    body: 'Ask for a link and choose a new password.',
    keywords: ['locked out'],
  },
  {
    id: 'upload',
    locale: 'el',
    title: 'Αποτυχία μεταφόρτωσης',
    body: 'Ελέγξτε το μέγεθος του αρχείου. Αν δεν ανεβαίνει, φορτώστε ξανά τη σελίδα.',
  },
  {
    id: 'invoice',
    locale: 'el',
    title: 'Τιμολόγια',
    body: 'Κατεβάστε ένα τιμολόγιο για κάθε πληρωμή. Αλλάξτε τη διεύθυνση χρέωσης.',
  },
  {
    id: 'password',
    locale: 'el',
    title: 'Επαναφορά κωδικού',
    body: 'Ζητήστε σύνδεσμο και διαλέξτε νέο κωδικό πρόσβασης.',
  },
]
const index = createIndex(documents)
const first = (query: string, locale: 'en' | 'el'): string | undefined => index.search(query, { locale })[0]?.id

describe('search', () => {
  test.each([
    ['uploading files', 'en', 'upload'],
    ['uplaod', 'en', 'upload'],
    ['LOCKED OUT', 'en', 'password'],
    ['payments', 'en', 'invoice'],
    ['τιμολογια', 'el', 'invoice'],
    ['ΚΩΔΙΚΟΣ', 'el', 'password'],
    ['τιμωλόγιο', 'el', 'invoice'],
    ['den anevainei to arxeio', 'el', 'upload'],
    ['timologio', 'el', 'invoice'],
    ['kwdikos prosvashs', 'el', 'password'],
    ['my file δεν ανεβαίνει', 'el', 'upload'],
  ] as const)('%s in %s finds %s', (query, locale, id) => {
    expect(first(query, locale)).toBe(id)
  })

  test('coverage is 0–1, falls with unknown words, and orders the hits', () => {
    const covered = index.search('reset password', { locale: 'en' })
    const partly = index.search('reset password for the elephant carousel', { locale: 'en' })
    expect(covered[0]?.coverage).toBeGreaterThan(partly[0]?.coverage ?? 1)
    for (const { coverage } of [...covered, ...partly]) {
      expect(coverage).toBeGreaterThan(0)
      expect(coverage).toBeLessThanOrEqual(1)
    }
    expect(covered.map(({ score }) => score)).toEqual(covered.map(({ score }) => score).sort((a, b) => b - a))
  })

  test('says how it read the query', () => {
    expect(index.search('invoise', { locale: 'en' })[0]?.matched).toEqual({ readAs: 'typo', query: 'invoice' })
    expect(index.search('neo kodiko', { locale: 'el' })[0]?.matched).toEqual({
      readAs: 'greeklish',
      query: 'νέο κωδικό',
    })
    expect(index.search('invoice', { locale: 'en' })[0]?.matched).toEqual({ query: 'invoice' })
  })

  test('keeps to its locale and its limit', () => {
    expect(index.search('invoice', { locale: 'en', limit: 1 })).toHaveLength(1)
    expect(first('μεταφόρτωση', 'en')).not.toBe('invoice')
  })

  test('an index without documents and a query without words find nothing', () => {
    expect(createIndex([]).search('upload', { locale: 'en' })).toEqual([])
    expect(createIndex([]).search('arxeio', { locale: 'el' })).toEqual([])
    for (const query of ['', '   ', '?!', '🙂']) expect(index.search(query, { locale: 'el' })).toEqual([])
  })

  test('words that are names of object members are just words', () => {
    expect(() => index.search('constructor __proto__ toString', { locale: 'el' })).not.toThrow()
  })

  test('any query is answered', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (query) => index.search(query, { locale: 'el' }).length <= 3,
      ),
      { seed: 3, numRuns: 200 },
    )
  })

  test.each([
    ['xhub', 'el'],
    ['abc ', 'en'],
  ] as const)('however long a query of nothing but %j is, only so much of it is read', async (piece, locale) => {
    const search = (query: string) => index.search(query, { locale })
    const times = { from: 200, factor: 250, enough: 4 }
    expect(await growth(search, (count) => piece.repeat(count), times)).toBeLessThan(4)
  })
})

describe('bestPassage', () => {
  const passages = [
    { heading: 'Reload the page', text: 'A tab that stayed open may hold an old session.' },
    { heading: 'Size', text: 'The file must be under 20 MB.' },
    { heading: 'Network', text: 'A VPN or a firewall may cut the connection.' },
  ]

  test('is the one that shares most with the question', () => {
    expect(bestPassage('could the vpn be it', passages)?.passage.heading).toBe('Network')
    expect(bestPassage('how large may my file be', passages)?.passage.heading).toBe('Size')
  })

  test('is found for Greeklish too', () => {
    const greek = [{ text: 'Φορτώστε ξανά τη σελίδα.' }, { text: 'Το αρχείο είναι μεγάλο.' }]
    expect(bestPassage('poso megalo arxeio', greek)?.passage).toBe(greek[1])
  })

  test('is the introduction when no part answers clearly better', () => {
    const introduction = { text: 'Most uploads that fail are stopped before they reach us.' }
    const article: Passage[] = [introduction, ...passages]
    expect(bestPassage('my upload fails on this page', article)?.passage).toBe(introduction)
    expect(bestPassage('firewall and vpn', article)?.passage.heading).toBe('Network')
  })

  test('is nothing when nothing fits', () => {
    expect(bestPassage('zzz', passages)).toBeUndefined()
    expect(bestPassage('vpn', [])).toBeUndefined()
  })
})
