import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8')

const [light = '', dark = '', chosenDark = ''] = css.match(/:root[^{]*\{[^}]*--paper:[^}]*\}/g) ?? []
const coloursOf = (block: string) =>
  Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]))

const schemes = { light: coloursOf(light), dark: { ...coloursOf(light), ...coloursOf(dark) } }

describe.each(Object.entries(schemes))('in %s', (_, colours) => {
  test.each(['ink', 'muted', 'pine', 'ok', 'degraded', 'partial', 'major', 'maintenance'])(
    '%s can be read on paper, sheet, row and wash (WCAG 1.4.3)',
    (name) => {
      for (const ground of ['paper', 'sheet', 'row'])
        expect(contrast(colours[name], colours[ground])).toBeGreaterThan(4.5)
    },
  )

  test('words on the accent and on notes can be read, and controls have a visible edge (WCAG 1.4.11)', () => {
    expect(contrast(colours['pine-ink'], colours['pine'])).toBeGreaterThan(4.5)
    expect(contrast(colours['ink'], colours['pine-wash'])).toBeGreaterThan(4.5)
    expect(contrast(colours['pine'], colours['pine-wash'])).toBeGreaterThan(4.5)
    expect(contrast(colours['note-ink'], colours['note'])).toBeGreaterThan(4.5)
    for (const ground of ['paper', 'sheet']) expect(contrast(colours['edge'], colours[ground])).toBeGreaterThan(3)
  })

  test('words on the rows of a finding can be read', () => {
    for (const name of ['ink', 'muted', 'major', 'partial', 'degraded'])
      expect(contrast(colours[name], colours['found'])).toBeGreaterThan(4.5)
  })

  test('every phase of a request can be seen on a row (WCAG 1.4.11)', () => {
    const phases = Object.keys(colours).filter((name) => name.startsWith('phase-') && name !== 'phase-wait')
    expect(phases).toHaveLength(7)
    for (const phase of phases)
      for (const ground of ['sheet', 'pine-wash', 'found'])
        expect(contrast(colours[phase], colours[ground])).toBeGreaterThan(3)
  })
})

test('the dark scheme is the same, chosen by the system or by hand', () => {
  expect(Object.keys(coloursOf(dark)).length).toBeGreaterThan(12)
  expect(coloursOf(chosenDark)).toEqual(coloursOf(dark))
})

function contrast(one = '', other = ''): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
