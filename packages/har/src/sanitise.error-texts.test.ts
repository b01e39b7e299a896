import { expect, test } from 'vitest'
import { at, capture, clean, type EntryParts, entry } from './test-support.ts'

/** Words of an error are kept, since an engineer diagnoses by them; words of anything else are somebody's. */

const answered = (body: unknown, status = 200): EntryParts => ({ status, body: JSON.stringify(body) })
const asked = (body: unknown, status: number): EntryParts => ({
  method: 'POST',
  status,
  postData: { mimeType: 'application/json', text: JSON.stringify(body) },
})

const WORDS = 'Maria Papadopoulou was at the clinic'

const NO_ERRORS: readonly [what: string, parts: EntryParts][] = [
  ['issues of a tracker', answered({ issues: [{ key: 'NL-1', fields: { summary: WORDS, description: WORDS } }] })],
  ['details of an order', answered({ order: { details: { title: WORDS, text: WORDS } } })],
  ['problems and warnings of a patient', answered({ problems: [{ title: WORDS }], warnings: [{ message: WORDS }] })],
  ['days on which a rule does not hold', answered({ exceptions: [{ reason: WORDS }], cause: WORDS })],
  ['an answer that says that there was no error', answered({ error: false, message: WORDS, text: WORDS })],
  ['an empty list of errors', answered({ errors: [], message: WORDS, code: 483_920 })],
  ['an empty error', answered({ error: '', title: WORDS })],
  ['an error that is null, and a code that says ok', answered({ error: null, errorCode: 'OK', message: WORDS })],
  ['a success', answered({ success: true, status: 'ok', message: WORDS })],
  ['what was asked, though the answer failed', asked({ error: { message: WORDS }, issues: [{ title: WORDS }] }, 500)],
  ['what was asked about an error', asked({ errors: [{ message: WORDS }], success: false, message: WORDS }, 200)],
]

test.each(NO_ERRORS)('%s: no words stay', async (_, parts) => {
  const { text } = await clean(capture([entry(parts)]))
  expect(text).not.toContain('Papadopoulou')
  expect(text).not.toContain('483920')
})

test('the words of an open connection are no error unless it says so', async () => {
  const said = [
    { type: 'message', issues: [{ text: WORDS }], details: { text: WORDS } },
    { type: 'error', error: { code: 'rate_limited', message: 'Too many requests' } },
  ]
  const _webSocketMessages = said.map((data) => ({ type: 'receive', opcode: 1, data: JSON.stringify(data) }))
  const { text } = await clean(capture([{ ...entry({ status: 101 }), _webSocketMessages }]))
  expect(text).not.toContain('Papadopoulou')
  expect(text).toContain('Too many requests')
})

const ERRORS: readonly [what: string, status: number, body: object][] = [
  ['success: false', 200, { success: false, message: 'File too large', code: 'FILE_TOO_LARGE' }],
  ['status: error', 200, { status: 'error', message: 'The file is larger than 20 MB.' }],
  ['ok: false', 200, { ok: false, error: 'not_in_channel' }],
  [
    'an exception by its class',
    500,
    { status: 500, error: 'Internal Server Error', exception: 'java.lang.NullPointerException' },
  ],
  [
    'what is wrong with each field',
    422,
    { errors: { name: ["can't be blank"], title: ['is too short'], plan: ['is invalid'] } },
  ],
  [
    "what is wrong with a field that is somebody's",
    400,
    {
      title: 'Bad Request',
      errors: { Email: ['The Email field is required.'], Password: ['must be at least 8 characters'] },
    },
  ],
]

test.each(ERRORS)('%s is kept', async (_, status, body) => {
  const { har } = await clean(capture([entry(answered(body, status))]))
  expect(at(har.log.entries, 0, 'response', 'content', 'text')).toBe(JSON.stringify(body))
})

test('a value that is given back with what is wrong goes', async () => {
  const body = {
    errors: { email: 'maria@customer.example', name: 'Maria Papadopoulou', users: [{ name: 'Nikos Georgiou' }] },
  }
  const { text } = await clean(capture([entry(answered(body, 422))]))
  expect(text).not.toMatch(/maria@|Papadopoulou|Georgiou/)
})

test('the strict policy keeps one word of an error', async () => {
  const body = { errors: { email: ['is not an address'] }, title: 'Maria Papadopoulou', code: 'too_large' }
  const { har } = await clean(capture([entry(answered(body, 422))]), { policy: 'strict' })
  const text = String(at(har.log.entries, 0, 'response', 'content', 'text'))
  expect(text).toContain('too_large')
  expect(text).not.toMatch(/Papadopoulou|is not an address/)
})

test("keys that are somebody's name or number go, and a day of birth under whatever key", async () => {
  const body = {
    members: { 'Maria Papadopoulou': 3, 'Νίκος Γεωργίου': 1, '48213': true, openTickets: 2 },
    birth: { date: '1985-02-03', place: 'Ithaca Town' },
    bornAt: '1985-02-03',
    created_at: '2026-11-24',
  }
  const { text } = await clean(capture([entry(answered(body))]))
  expect(text).not.toMatch(/Papadopoulou|Γεωργίου|48213|1985-02-03|Ithaca/)
  expect(text).toContain('openTickets')
  expect(text).toContain('2026-11-24')
})
