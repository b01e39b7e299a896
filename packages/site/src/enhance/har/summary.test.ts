import { createT } from '@clew/i18n'
import { catalogue as greek } from '@clew/i18n/generated/har-page.el'
import { catalogue as english } from '@clew/i18n/generated/har-page.en'
import { expect, test } from 'vitest'
import { cleanName } from './names.ts'
import { writeSummary } from './summary.ts'

const sentence = (en: string, el: string) => ({ en, el })
const result = {
  clean: new Blob(['x'.repeat(13_000)]),
  report: {
    entries: 5,
    entriesDropped: 0,
    removed: [{ kind: 'cookie' as const, count: 5 }],
    removedTotal: 5,
    leftOnSecondPass: 0,
    kept: [],
    warnings: [],
    examples: [],
  },
  rows: [],
  failing: 1,
  exporter: 'Firefox 145.0',
  startedAt: '2026-11-24T09:48:00+02:00',
  spanMs: 4500,
  findings: [
    {
      rule: 'too-large',
      severity: 'high' as const,
      entries: [4],
      params: {},
      requestIds: ['req_1'],
      message: {
        customer: sentence('The file is too large.', 'Το αρχείο είναι πολύ μεγάλο.'),
        agent: sentence('', ''),
      },
      nextStep: sentence('Choose a smaller one.', 'Επιλέξτε μικρότερο.'),
    },
  ],
}

test('the summary tells what was found, with ids and the zone of the file, and what was removed', () => {
  const text = writeSummary({ name: 'trace.har', result, t: createT('en', english) })
  expect(text).toContain('HAR summary: trace.har')
  expect(text).toContain('2026-11-24T09:48:00+02:00')
  expect(text).toContain('1. Cause: The file is too large.\n   Choose a smaller one.\n   req_1')
  expect(text).toContain('5 values removed.\n- Cookies: 5')
})

test('the summary is in the language of the page', () => {
  const text = writeSummary({ name: 'trace.har', result, t: createT('el', greek) })
  expect(text).toContain('1. Αιτία: Το αρχείο είναι πολύ μεγάλο.')
  expect(text).toContain('Αφαιρέθηκαν 5 τιμές.')
})

test.each([
  ['trace.har', 'trace.clean.har'],
  ['Trace.HAR', 'Trace.clean.har'],
  ['trace.har.json', 'trace.clean.har'],
  ['trace.har.gz', 'trace.clean.har'],
  ['trace.gz', 'trace.clean.har'],
  ['trace', 'trace.clean.har'],
  ['.har', 'capture.clean.har'],
  ['αρχείο 1.json', 'αρχείο 1.clean.har'],
])('%s is saved as %s', (name, saved) => {
  expect(cleanName(name)).toBe(saved)
})

test.each([
  [0, 1, 'The one request did not fail.', 'Το ένα αίτημα δεν απέτυχε.'],
  [1, 1, 'The one request failed.', 'Το ένα αίτημα απέτυχε.'],
  [0, 7, 'None of 7 requests failed.', 'Κανένα από 7 αιτήματα δεν απέτυχε.'],
  [1, 7, '1 of 7 requests failed.', '1 από 7 αιτήματα απέτυχε.'],
  [3, 7, '3 of 7 requests failed.', '3 από 7 αιτήματα απέτυχαν.'],
])('%d of %d that failed are told as one says it', (failing, count, en, el) => {
  expect(createT('en', english)('har-page.failing', { failing, count })).toBe(en)
  expect(createT('el', greek)('har-page.failing', { failing, count })).toBe(el)
})
