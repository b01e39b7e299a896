import { Password } from '@clew/contract/sessions'
import { expect, test } from 'vitest'
import { isCommon, commonest as listCommonest, refuseEasyPassword } from './password-rules.ts'

const commonest = listCommonest()
const isTaken = (password: string): boolean => Password.safeParse(password).success && !isCommon(password)

test('none of the commonest passwords is taken, as it is or in capitals', () => {
  expect(commonest.length).toBeGreaterThan(3000)
  expect(commonest.filter(isTaken)).toEqual([])
  expect(commonest.map((each) => each.toUpperCase()).filter(isTaken)).toEqual([])
})

test('nor is one of them made longer until it fits', () => {
  const first = commonest.slice(0, 3000)
  expect(first.filter((each) => isTaken(`${each}${each}${each}`.slice(0, 200)))).toEqual([])
  expect(first.filter((each) => isTaken(`${each}2026!!!!!!!!`))).toEqual([])
})

test.each([
  'P@ssw0rd2026!!',
  'qwertyuiopasdf',
  'abcdefghijklmnop',
  '987654321098',
  'aaaaaaaaaaaaaaa',
  'abababababab',
  '  password  1234',
])('%s is refused', (password) => {
  expect(isCommon(password)).toBe(true)
})

test.each([
  'correct horse battery',
  'granite meadow whistle',
  'olive harbour lantern 42',
  'another long one',
  'το κλειδί της θάλασσας',
  'x7#Kq!vP2m_Zr',
])('%s is taken', (password) => {
  expect(isTaken(password)).toBe(true)
})

const olga = { email: 'olga.markou@northlight.example', name: 'Olga Markou', brands: ['Northlight'] }

test.each([
  'olga.markou@northlight.example',
  'Northlight2026',
  'OlgaMarkou1987',
  'markou northlight',
  '!!northlight!!',
])('%s is about whoever has it, and refused', (password) => {
  expect(() => refuseEasyPassword(password, olga)).toThrow('password.about_you')
})

test('a name in a long password that says more than that is fine', () => {
  expect(() => refuseEasyPassword('northlight and a green bicycle', olga)).not.toThrow()
})
