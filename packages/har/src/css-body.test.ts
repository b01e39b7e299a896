import { growth } from '@clew/testkit/growth'
import { expect, test } from 'vitest'
import { at, capture, clean, entry } from './test-support.ts'

/** A style sheet stays, but for what it says of a person and what it carries. */

const TOKEN = 'Rv7kQ2xWz9LmT4bNc1'
const APP = 'https://app.northlight.example'

async function sheetOf(css: string): Promise<string> {
  const { har, text } = await clean(capture([entry({ mime: 'text/css', body: css })]))
  expect((await clean(text)).text, 'cleaned again').toBe(text)
  return String(at(har.log.entries, 0, 'response', 'content', 'text'))
}

const PLANTED: readonly [css: string, gone: string, stays: string][] = [
  [`:root{--tok:${TOKEN};--gap:4px}`, TOKEN, ';--gap:4px}'],
  [`:root{--tok: "${TOKEN}"; --gap: 4px}`, TOKEN, '--gap: 4px}'],
  [`:root{--a: 1px ${TOKEN}}`, TOKEN, '--a: 1px ['],
  [':root{--user-name:Eleni_Papadaki;color:red}', 'Papadaki', ';color:red}'],
  [':root{--user: eleni;color:red}', 'eleni', ';color:red}'],
  [':root{--account-label: "Eleni P";color:red}', 'Eleni', ';color:red}'],
  ['input[value="winter7"]{color:red}', 'winter7', 'input[value="['],
  ["input[ value ^= 'winter7' ]{color:red}", 'winter7', "input[ value ^= '["],
  ['input[value=winter7]{color:red}', 'winter7', 'input[value=['],
  ['a{color:red}input[value="winter7]', 'winter7', 'input[value="['],
  [`a[href="${APP}/cb?token=${TOKEN}"]{color:red}`, TOKEN, `a[href="${APP}/cb?token=`],
  ['p[data-user=eleni]{color:red}', 'eleni', 'p[data-user=['],
  ['.a::after{content:"Eleni Papadaki";color:red}', 'Papadaki', ';color:red}'],
]

test.each(PLANTED)('the style sheet %s loses %s', async (css, gone, stays) => {
  const clean = await sheetOf(css)
  expect(clean).not.toContain(gone)
  expect(clean).toContain(stays)
})

const KEPT: readonly string[] = [
  ':root{--gap:4px;--brand:#1a2b3c;--card-shadow:0 1px 2px rgba(0,0,0,.1);--card-border:1px solid red}',
  ':root{--font:Inter,"Segoe UI",sans-serif;--token-color:var(--blue-500);--mobile-width:calc(100% - 2rem)}',
  ':root{--ease:cubic-bezier(.4,0,.2,1);--rgb:59 130 246 / .5;--i:url(/img/a.8f3a2c1d9e.svg)}',
  'input[type="text"],[data-theme="dark"] a[rel~=next],[aria-expanded=true]{color:red}',
  '.icon::before{content:"\\f101";font-family:"Font Awesome 6 Free"}',
  '.grid{grid-template-columns:[full-start] 1fr [full-end]}',
]

test.each(KEPT)('the style sheet %s is kept', async (css) => {
  expect(await sheetOf(css)).toBe(css)
})

test.each(['--a:', '[a=', '[', '--', '--a:"', "'", 'url(', '-'])(
  'a style sheet of %j only takes the time that its length takes',
  async (part) => {
    const sheet = (count: number) => `a{}${part.repeat(count)}`
    expect(await growth(sheetOf, sheet, { from: 10_000, factor: 4 })).toBeLessThan(8)
  },
)
