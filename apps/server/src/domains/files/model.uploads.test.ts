import { expect, test } from 'vitest'
import { isStep, readChecksum, readMetadata } from './model.uploads.ts'

const b64 = (text: string): string => Buffer.from(text).toString('base64')

test('metadata is pairs of a name and a base64 text', () => {
  const header = `filename ${b64('καταγραφή, 3.har')},id ${b64('x')} , flag`
  expect(readMetadata(header)).toEqual(
    new Map([
      ['filename', 'καταγραφή, 3.har'],
      ['id', 'x'],
      ['flag', ''],
    ]),
  )
  expect(readMetadata(undefined)).toEqual(new Map())
})

test.each(['filename a b', 'filename @', 'a Zg==,a Zg==', ',', 'é Zg=='])('%j is no metadata', (header) => {
  expect(readMetadata(header)).toBeUndefined()
})

test('a name of metadata cannot reach a prototype', () => {
  expect(readMetadata(`__proto__ ${b64('x')}`)?.get('toString')).toBeUndefined()
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})

test('a checksum names its algorithm', () => {
  expect(readChecksum('sha1 abc=')).toEqual({ algorithm: 'sha1', value: 'abc=' })
  expect(readChecksum('crc32 abc=')).toBeUndefined()
})

test('an upload tells of itself at most fifty times', () => {
  const length = 1_000_000_000
  let told = 0
  for (let at = 0; at < length; at += 2 << 20) if (isStep(at, Math.min(at + (2 << 20), length), length)) told += 1
  expect(told).toBe(50)
})
