import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '..')
const document = readFileSync(path.join(root, 'docs/security.md'), 'utf8')

/** One line of the table: the item, its level, what is promised, and the proof. */
const items = [...document.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+) \|$/gm)].map(
  ([, id, level, promise, proof]) => ({ id, level, promise, proof }),
)

/** The table of the walls: what, how it is walled, and the proof. */
const walls = [...document.matchAll(/^\| ([a-z][A-Za-z ]+) \| (.+?) \| (`.+) \|$/gm)].map(([, id, how, proof]) => ({
  id,
  how,
  proof,
}))

const proofsOf = ({ proof }) =>
  [...proof.matchAll(/`([^`]+)` › “([^”]+)”/g)].map(([, file, name]) => ({ file, name: name.replaceAll('\\|', '|') }))

test('the document has sixty items, each once and in order', () => {
  const ids = items.map(({ id }) => id)
  expect(ids).toHaveLength(60)
  const inOrder = [...new Set(ids)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  expect(ids).toEqual(inOrder)
})

test('each item has its proof, or says what is missing', () => {
  for (const item of items) {
    const isOpen = item.proof.startsWith('not yet: ')
    expect(proofsOf(item).length > 0, item.id).toBe(!isOpen)
  }
})

test('every test that is named as a proof is there, and is not skipped', () => {
  for (const item of [...items, ...walls])
    for (const { file, name } of proofsOf(item)) {
      expect(existsSync(path.join(root, file)), `${item.id}: ${file}`).toBe(true)
      const source = readFileSync(path.join(root, file), 'utf8')
      const isThere = [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => source.includes(quoted))
      expect(isThere || (!file.includes('.test.') && source.includes(name)), `${item.id}: ${file} › ${name}`).toBe(true)
      expect(source, file).not.toMatch(/\b(test|it|describe)\.(skip|todo|only)\b/)
    }
})

test('every wall has a proof', () => {
  expect(walls.length).toBeGreaterThan(12)
  for (const wall of walls) expect(proofsOf(wall).length, wall.id).toBeGreaterThan(0)
})

test('it says how many are proved', () => {
  const proved = items.filter((item) => proofsOf(item).length > 0).length
  expect(document).toContain(`**Proven: ${proved} of 60.**`)
})
