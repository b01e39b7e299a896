import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { extractFacts } from '../extract.ts'
import { saysNoProblem } from './no-problem.ts'

const catalogues = path.join(import.meta.dirname, '../../../i18n/catalogues')

test.each(readdirSync(catalogues).filter((name) => name.startsWith('widget.')))(
  'what a button of %s says for a person is no problem',
  (name) => {
    const words = JSON.parse(readFileSync(path.join(catalogues, name), 'utf8')) as Record<string, string>
    for (const key of ['person_request', 'har_message', 'file_message'])
      expect([key, saysNoProblem(words[`widget.${key}`] ?? '')]).toEqual([key, true])
  },
)

test.each([
  'I want to talk to a human please',
  'Can I speak with someone?',
  'get me a human now',
  'Hello, I need a person',
  'Θα ήθελα να μιλήσω με κάποιον',
  'θέλω άνθρωπο τώρα!',
  'Θέλω να μιλήσω με άνθρωπο, παρακαλώ.',
  'Could a real person look at this?',
  "I'm sending a screenshot",
])('nor is %s', (text) => {
  expect(saysNoProblem(text)).toBe(true)
})

test.each([
  'I want to talk to a person about the double charge of last week',
  'this is useless, the upload still stops at 100 %',
  'I am sending a file that does not open',
  'Θέλω να μιλήσω με άνθρωπο για τη χρέωση',
  'I need the invoice of March',
  'Θέλω να αλλάξω κωδικό',
])('but %s is', (text) => {
  expect(saysNoProblem(text)).toBe(false)
})

test('a long message is cut at a word, and says that it goes on', () => {
  const text = 'The report shows other figures. '.repeat(40)
  const problem = extractFacts(text, { locale: 'en', now: new Date(0) }).find(({ field }) => field === 'problem')
  expect(problem?.value).toEqual({ text: expect.stringMatching(/^The report.*\S …$/) })
  expect(text).toContain(problem?.quote)
})
