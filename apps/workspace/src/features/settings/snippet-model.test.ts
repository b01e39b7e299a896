import { expect, test } from 'vitest'
import { snippetOf } from './snippet-model.ts'

const plain = { integrity: undefined, hasNonce: false, side: undefined, accent: undefined, locale: undefined }

test('the line is as short as the settings allow', () => {
  expect(snippetOf({ ...plain, url: 'https://help.example/clew.js' })).toBe(
    '<script src="https://help.example/clew.js" async></script>',
  )
})

test('a pinned one says whose origin, and nothing ends an attribute', () => {
  expect(
    snippetOf({
      url: 'https://help.example/"><script>',
      integrity: 'sha384-abc',
      hasNonce: true,
      side: 'left',
      accent: '#0b5cad',
      locale: 'el',
    }),
  ).toBe(
    '<script src="https://help.example/&quot;>&lt;script>" nonce="YOUR-NONCE" integrity="sha384-abc" crossorigin="anonymous" data-locale="el" data-side="left" data-accent="#0b5cad" async></script>',
  )
})
