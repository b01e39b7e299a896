import { expect, test } from 'vitest'
import { samplePages } from '../testing/pages.ts'
import { sampleShared } from '../testing/samples.ts'

const html = samplePages['shared']?.('en') ?? ''
const rows = html.split('<tr').slice(2)
const textOf = (part: string) => part.replaceAll(/<[^>]*>/g, '').replaceAll('&amp;', '&')
const onPhone = (row: string) => textOf(row.replace(/<span class="middle">.*?(?=<span class="leftout">)/s, ''))

test('the requests are a table by their roles, whatever a phone makes of their layout', () => {
  for (const role of ['table', 'rowgroup', 'columnheader']) expect(html).toContain(`role="${role}"`)
  expect(rows).toHaveLength(4)
  for (const row of rows) expect(row.match(/role="cell"/g)).toHaveLength(5)
})

test('an address is there whole, and can go on in a new line at each of its parts', () => {
  sampleShared('en').entries.forEach(({ host, path }, index) =>
    expect(textOf(rows[index] ?? '').replace('…', '')).toContain(`${host}${path}`),
  )
  expect(rows[1]).toMatch(/workspaces\/<\/span><span><wbr\/>4f0c/)
})

test('of a long address a phone shows where it begins and how it ends', () => {
  expect(onPhone(rows[1] ?? '')).not.toContain('…')
  expect(onPhone(rows[2] ?? '')).toMatch(/\/api\/v1\/workspaces\/4f0c\/search\?.*&filter3=3…&filter16=16.*&q=invoice/)
  expect(onPhone(rows[3] ?? '')).toMatch(/\/assets\/…a+/)
})

test('what failed is told from what was answered', () => {
  expect(rows.map((row) => row.includes('class="failed"'))).toEqual([false, true, false, true])
})
