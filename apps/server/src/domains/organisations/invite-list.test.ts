import { growth } from '@clew/testkit/growth'
import { describe, expect, test } from 'vitest'
import { readPaste, readTable } from './invite-list.ts'

const people = (text: string) =>
  readPaste(text).map(({ email, name }) => (name === undefined ? email : `${name}|${email}`))

describe('addresses as people paste them', () => {
  test.each([
    ['a@x.example, b@x.example', ['a@x.example', 'b@x.example']],
    ['a@x.example;b@x.example\n\nc@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['Ada Lovelace <ada@x.example>', ['Ada Lovelace|ada@x.example']],
    ['"Παππά, Δώρα" <d.pappa@x.example>, b@x.example', ['Παππά, Δώρα|d.pappa@x.example', 'b@x.example']],
    ['a@x.example\tb@x.example  c@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['mailto:a@x.example', ['a@x.example']],
    ['<a@x.example>', ['a@x.example']],
    ['not an address', ['not an address']],
    ['  ,, ;\n', []],
    ['"open <a@x.example>', ['open|a@x.example']],
  ])('%j', (text, expected) => {
    expect(people(text)).toEqual(expected)
  })

  test.each(['<"', '"', '<', ' '])('an endless line of %j is read in the time that its length takes', async (piece) => {
    const line = (count: number) => `${piece.repeat(count)}a@x.example`
    expect(await growth(readPaste, line, { from: 25_000, factor: 4 })).toBeLessThan(8)
  })

  test('more than can be invited at once are refused, with their number', () => {
    const many = Array.from({ length: 5_001 }, (_, i) => `p${i}@x.example`).join('\n')
    expect(() => readPaste(many)).toThrow(expect.objectContaining({ code: 'invitation.too_many' }) as Error)
    expect(readPaste(many.slice(0, many.lastIndexOf('\n')))).toHaveLength(5_000)
  })
})

describe('a table', () => {
  test('has its columns in any order, with the mark that spreadsheets write, and Greek', () => {
    const table = '\uFEFFName,Email,Groups,Role,Seat\r\nΔώρα Παππά,d@x.example,Claims; IT,billing,none\r\n'
    expect(readTable(table)).toEqual([
      {
        line: 2,
        email: 'd@x.example',
        isAddress: true,
        name: 'Δώρα Παππά',
        role: 'billing',
        groups: ['Claims', 'IT'],
        seat: 'none',
      },
    ])
  })

  test('is divided by what the first line is divided by', () => {
    expect(readTable('email;name;groups\na@x.example;Ann;One|Two')[0]).toMatchObject({
      name: 'Ann',
      groups: ['One', 'Two'],
    })
    expect(readTable('email\tname\na@x.example\tAnn')[0]).toMatchObject({ email: 'a@x.example', name: 'Ann' })
  })

  test('without a head has the columns in their order', () => {
    expect(readTable('a@x.example,Ann,admin')[0]).toMatchObject({
      line: 1,
      email: 'a@x.example',
      name: 'Ann',
      role: 'admin',
    })
  })

  test('with a line that is short, long or empty goes on', () => {
    const rows = readTable('email,name\na@x.example\n\nb@x.example,Ben,more,than,asked\n,,\n')
    expect(rows.map(({ email }) => email)).toEqual(['a@x.example', 'b@x.example'])
    expect(rows.map(({ line }) => line)).toEqual([2, 4])
  })

  test('that cannot be read says in which line', () => {
    expect(() => readTable('email,name\na@x.example,"never closed\nb@x.example,x')).toThrow(
      expect.objectContaining({ code: 'invitation.table_unreadable' }) as Error,
    )
  })

  test('of more than 5,000 rows is refused', () => {
    const rows = Array.from({ length: 5_001 }, (_, i) => `p${i}@x.example`)
    expect(() => readTable(['email', ...rows].join('\n'))).toThrow(
      expect.objectContaining({ code: 'invitation.too_many' }) as Error,
    )
    expect(readTable(['email', ...rows.slice(1)].join('\n'))).toHaveLength(5_000)
  })

  test('of nothing is nobody', () => {
    expect(readTable('')).toEqual([])
    expect(readTable('email,name\n')).toEqual([])
  })
})
