import { expect, test } from 'vitest'
import { asksForPerson, isGreeting, parseChoice } from './model.ts'

test.each([
  'I want to talk to a person',
  'can i speak with a real human please',
  'agent',
  'Please connect me to someone',
  'get me a human',
  'Θέλω να μιλήσω με άνθρωπο',
  'θελω εκπρόσωπο',
  'ΑΝΘΡΩΠΟ!',
  'Μπορώ να μιλήσω με κάποιον;',
  'thelo na miliso me anthropo',
  '8elw na milhsw me an8rwpo',
  'thelw na miliso me ekproswpo',
])('%j asks for a person', (text) => expect(asksForPerson(text)).toBe(true))

test.each([
  'my custom agent returns an error',
  'the upload fails for every person in my workspace',
  'user agent string is Chrome 131',
  'ο βοηθός δεν απαντά',
  'How do I invite people?',
])('%j does not', (text) => expect(asksForPerson(text)).toBe(false))

test.each(['hi', 'Hello!', 'γεια σας', 'Καλημέρα', 'geia'])('%j is a greeting', (text) =>
  expect(isGreeting(text)).toBe(true),
)
test('a greeting with a question is a question', () => expect(isGreeting('hi, my upload fails')).toBe(false))

test.each([
  ['person', { type: 'person' }],
  ['stuck', { type: 'still_stuck', slug: undefined }],
  ['stuck:upload-failures', { type: 'still_stuck', slug: 'upload-failures' }],
  ['flow:upload-failures', { type: 'start_flow', flowId: 'upload-failures' }],
  [
    'flow:upload-failures:reload:same',
    { type: 'flow_reply', flowId: 'upload-failures', stepId: 'reload', replyId: 'same' },
  ],
  ['article:capture-a-har', { type: 'article', slug: 'capture-a-har' }],
])('the button %s means %j', (id, choice) => expect(parseChoice(id)).toEqual(choice))

test.each(['', 'flow:', 'flow:a:b', "flow:a:b:c'; drop", 'article:../x', 'PERSON'])(
  'the button %j means nothing',
  (id) => expect(parseChoice(id)).toBeUndefined(),
)
