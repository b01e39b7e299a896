import { expect, test } from 'vitest'
import { extractFacts } from '../extract.ts'

const now = new Date('2026-11-28T14:00:00Z')
const zone = 'Europe/Athens'

/** The moments of a message, read by an English and by a Greek reader. */
const moments = (text: string) =>
  (['en', 'el'] as const).map((locale) =>
    extractFacts(text, { locale, now, zone }).flatMap((fact) => (fact.field === 'timestamps' ? [fact.value] : [])),
  )

test.each([
  ['The upload failed just now with error 413.', 'just now'],
  ['I tried again just now, on two browsers.', 'just now'],
  ['The page does not open. Just now.', 'Just now'],
  ['It stopped working only just now', 'only just now'],
  ['One more, from just now: req_h3Ws88KmQy5p', 'just now'],
  ['Μόλις τώρα δεν ανέβηκε το αρχείο μου.', 'Μόλις τώρα'],
  ['Έβγαλε σφάλμα 500 τώρα μόλις', 'τώρα μόλις'],
  ['To arxeio den anevike, molis twra', 'molis twra'],
])('%s tells that it was now', (text, said) => {
  for (const read of moments(text)) expect(read).toEqual([{ zone, said, utc: now.toISOString() }])
})

test.each([
  'Now it works, thank you',
  'I updated the browser and now uploads fail',
  'It works again just now',
  'I need a person right now',
  'Now',
  'I changed my plan to Team just now',
  'I tried it just now and it is fine',
  'My colleague just left. Now I cannot sign in',
  'It is happening right now for all of us',
  'Τώρα δουλεύει, ευχαριστώ',
  'Μόλις πατάω αποστολή βγάζει σφάλμα',
  'Μόλις άλλαξα πρόγραμμα',
  'Τώρα',
  'Θέλω άνθρωπο τώρα',
  'Μόλις τώρα λύθηκε, όλα καλά',
  'Τώρα δεν μπορώ να μιλήσω',
])('%s names no moment of the problem', (text) => expect(moments(text)).toEqual([[], []]))

test('what was said of the day before stands back, and a clock stands beside it', () => {
  const [read] = moments('Since yesterday uploads fail. I tried just now and got a 413.')
  expect(read?.map(({ said }) => said)).toEqual(['just now'])
  const [both] = moments('It failed today at 9:40 and failed again just now')
  expect(both?.map(({ utc }) => utc)).toEqual(['2026-11-28T07:40:00.000Z', now.toISOString()])
})
