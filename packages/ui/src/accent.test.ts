import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accentOf, contrast } from './accent.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

test('whatever colour is chosen, it can be read in both themes', () => {
  fc.assert(
    fc.property(colour, (chosen) => {
      const { light, dark } = accentOf(chosen)
      for (const ground of ['#faf7f0', '#ffffff', light.ink])
        expect(contrast(light.accent, ground)).toBeGreaterThanOrEqual(4.5)
      for (const ground of ['#131615', '#1a1e1c', dark.ink])
        expect(contrast(dark.accent, ground)).toBeGreaterThanOrEqual(4.5)
    }),
  )
})

test('a colour that works is left as it is, and one that does not says where it was moved', () => {
  expect(accentOf('#0f5c4d')).toMatchObject({ light: { accent: '#0f5c4d' }, adjusted: ['dark'] })
  expect(accentOf('#6fc7b0')).toMatchObject({ dark: { accent: '#6fc7b0' }, adjusted: ['light'] })
  expect(accentOf('#ffff00').adjusted).toEqual(['light'])
})

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#0f5c4d', '#faf7f0')).toBeGreaterThan(7)
})
