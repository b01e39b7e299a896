import { createT } from '@clew/i18n'
import { catalogue } from '@clew/i18n/generated/workspace.en'
import { expect, test } from 'vitest'
import { byteSize } from './sizes.ts'

const t = createT('en', catalogue)

test.each([
  [1, '1 byte'],
  [13, '13 bytes'],
  [317, '317 bytes'],
  [3_100, '3.1 kB'],
  [25_000_000, '25 MB'],
])('%d is %s', (bytes, words) => expect(byteSize(t, bytes)).toBe(words))
