import { expect, test } from 'vitest'
import { scriptJson } from './json-ld.ts'

test('nothing in the data can end the script element or a line', () => {
  const data = { a: '</script><!-- & \u2028\u2029' }
  const text = scriptJson(data)
  expect(text).not.toMatch(/[<>&\u2028\u2029]/)
  expect(JSON.parse(text)).toEqual(data)
})
