import { expect, test } from 'vitest'
import { keepingFrom } from './keeping.ts'

const root = 'https://help.northlight.example/support'
const files = ['har.AB12CD34.js', 'literata-greek-wght.AB12CD34.woff2']
const keeping = (locale: string, of = files) =>
  keepingFrom({ page: `${root}/${locale}/har`, script: `${root}/${locale}/har-offline.js`, files: of })
const get = (url: string, mode: Request['mode'] = 'cors') => ({ method: 'GET', mode, url })

test('answers for the page and its files, below any base path', () => {
  const { kindOf } = keeping('en')
  expect(kindOf(get(`${root}/en/har`, 'navigate'))).toBe('page')
  expect(kindOf(get(`${root}/en/har?from=chat#record`, 'navigate'))).toBe('page')
  expect(kindOf(get(`${root}/assets/site/har.AB12CD34.js`))).toBe('file')
})

test.each([
  ['another page that begins alike', get(`${root}/en/harbour`, 'navigate')],
  ['the API', get(`${root}/api/v1/conversations`)],
  ['a file that is not kept', get(`${root}/assets/site/demo.AB12CD34.js`)],
  ['the same name elsewhere', get('https://cdn.example/support/assets/site/har.AB12CD34.js')],
  ['anything that is sent', { method: 'POST', mode: 'cors' as const, url: `${root}/assets/site/har.AB12CD34.js` }],
])('lets %s pass', (_, request) => {
  expect(keeping('en').kindOf(request)).toBeUndefined()
})

test('Greek letters are kept for the Greek page alone', () => {
  expect(keeping('en').files).toEqual([`${root}/assets/site/har.AB12CD34.js`])
  expect(keeping('el').files).toHaveLength(2)
})

test('another build has another store, and knows its own older ones only', () => {
  const [now, next] = [keeping('en'), keeping('en', ['har.ZZ12CD34.js'])]
  expect(next.store).not.toBe(now.store)
  expect(next.isOlder(now.store)).toBe(true)
  expect(next.isOlder(keeping('el').store)).toBe(false)
  expect(next.isOlder('of-somebody-else')).toBe(false)
})
