import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { problemOf, toAppError } from './problems.ts'

const Form = z.strictObject({
  name: z.string().min(1).max(80).optional(),
  email: z.email().optional(),
  password: z.string().min(12).max(200).optional(),
  expiresAt: z.iso.datetime().optional(),
  people: z
    .array(z.strictObject({ email: z.email() }))
    .max(2)
    .optional(),
  count: z.int().min(1).max(1000).optional(),
  role: z.enum(['admin', 'agent']).optional(),
  id: z.uuid().optional(),
  homepage: z.url().optional(),
  nested: z.object({ title: z.string() }).optional(),
  even: z
    .number()
    .refine((value) => value % 2 === 0, { error: 'must be even' })
    .optional(),
})

function told(input: object, locale: 'en' | 'el' = 'en') {
  const parsed = Form.safeParse(input)
  if (parsed.success) throw new Error('it fits')
  return problemOf(toAppError(parsed.error), locale, 'request')
}

describe('what does not fit is said in the words of the reader', () => {
  test.each([
    [{ name: '' }, 'name', 'missing', 'Name is missing.', 'Όνομα: λείπει.'],
    [{ nested: {} }, 'nested.title', 'missing', 'Title (nested.title) is missing.', 'Τίτλος (nested.title): λείπει.'],
    [
      { name: 'x'.repeat(81) },
      'name',
      'too_long',
      'Name is too long. At most 80 characters fit.',
      'Όνομα: το κείμενο είναι πολύ μεγάλο. Χωρούν έως 80 χαρακτήρες.',
    ],
    [
      { password: 'short' },
      'password',
      'too_short',
      'Password is too short. It takes at least 12 characters.',
      'Κωδικός πρόσβασης: το κείμενο είναι πολύ μικρό. Χρειάζονται τουλάχιστον 12 χαρακτήρες.',
    ],
    [
      { email: 'nobody' },
      'email',
      'not_email',
      'Email: this is not an email address.',
      'Email: αυτή δεν είναι διεύθυνση email.',
    ],
    [
      { expiresAt: 'tomorrow' },
      'expiresAt',
      'not_date',
      'End: this is not a date, or not one with its time and zone.',
      'Λήξη: αυτή δεν είναι ημερομηνία ή της λείπουν η ώρα και η ζώνη.',
    ],
    [
      { people: [{ email: 'ann@customer.example' }, { email: 'x' }] },
      'people.1.email',
      'not_email',
      'Email (people.1.email): this is not an email address.',
      'Email (people.1.email): αυτή δεν είναι διεύθυνση email.',
    ],
    [
      { people: Array(3).fill({ email: 'ann@customer.example' }) },
      'people',
      'too_many',
      'people: there are too many. At most 2 are taken.',
      'people: είναι πάρα πολλά. Γίνονται δεκτά έως 2.',
    ],
    [
      { count: 1001 },
      'count',
      'too_large',
      'count is too large. The most is 1,000.',
      'count: η τιμή είναι πολύ μεγάλη. Το μέγιστο είναι 1.000.',
    ],
    [
      { count: 'many' },
      'count',
      'wrong_type',
      'count is of the wrong kind: a number is expected.',
      'count: άλλο είδος τιμής. Αναμένεται αριθμός.',
    ],
    [
      { colour: 'red' },
      'colour',
      'unknown_field',
      'colour is not known here.',
      'colour: δεν υπάρχει εδώ τέτοιο πεδίο.',
    ],
    [{ role: 'king' }, 'role', 'not_one_of', 'Role: this cannot be chosen.', 'Ρόλος: αυτό δεν είναι από τις επιλογές.'],
    [{ id: '7' }, 'id', 'not_id', 'id: this is not an id.', 'id: αυτό δεν είναι αναγνωριστικό.'],
    [
      { homepage: 'here' },
      'homepage',
      'not_url',
      'homepage: this is not a web address.',
      'homepage: αυτή δεν είναι διεύθυνση ιστού.',
    ],
    [{ even: 3 }, 'even', 'other', 'even: this cannot be used.', 'even: αυτό δεν μπορεί να χρησιμοποιηθεί.'],
  ])('%j', (input, path, code, english, greek) => {
    const [en, el] = [told(input), told(input, 'el')]
    expect(en.errors?.[0]).toMatchObject({ path, code, message: english })
    expect(el.errors?.[0]).toMatchObject({ path, code, message: greek })
    expect(en.detail).toBe(`${english} Please correct it and send it again.`)
    expect(el.detail).toBe(`${greek} Παρακαλούμε διορθώστε το και στείλτε το ξανά.`)
  })
})

test('developers keep the place and the words of the schema', () => {
  const { errors, params } = told({ even: 3, email: 'x', a: 1, b: 2 })
  expect(params).toEqual({ field: 'email' })
  expect(errors?.map(({ path }) => path)).toEqual(['email', 'even', 'a', 'b'])
  expect(errors?.[1]?.hint).toBe('must be even')
})
