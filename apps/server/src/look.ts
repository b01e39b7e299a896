import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locale } from '@clew/contract/primitives'
import { isOpen } from '@clew/intake/hours'
import { accentOf } from '@clew/ui/accent'
import type { BubbleLook } from './domains/assistant/index.ts'
import { hoursLine, type SettingsNow } from './domains/organisations/index.ts'
import { builtFolder } from './folders.ts'

type Reader = { locale: Locale; timeZone: string | undefined; now: Date }

/** The bubble as the team wants it, for one reader. A language that is not offered is answered in the first one. */
export function bubbleLook({ brand, bubble, languages, opening }: SettingsNow, reader: Reader): BubbleLook {
  const locale = languages.offered.includes(reader.locale) ? reader.locale : languages.default
  const greeting = bubble.greeting[locale]
  const hours = opening && hoursLine(opening, { ...reader, locale })
  return {
    brand: brand.name,
    locale,
    suggestions: [...bubble.suggestions[locale]],
    ...(bubble.side === 'right' ? {} : { side: bubble.side }),
    ...(greeting === '' ? {} : { greeting }),
    ...(hours === undefined ? {} : { hoursLine: hours }),
    ...(brand.accent === undefined ? {} : { colours: sheetOf(brand.accent, shadowRoots) }),
  }
}

/** Whether somebody answers now, and a sentence that says when somebody is back. Always, where nobody set hours. */
export function teamHours(
  opening: SettingsNow['opening'],
  reader: Reader,
): { isOpen: boolean; opensLine: string | undefined } {
  if (!opening || isOpen(opening, reader.now)) return { isOpen: true, opensLine: undefined }
  return { isOpen: false, opensLine: hoursLine(opening, reader) }
}

/** A path that changes with the picture, so that it can be kept for ever. */
export const logoPath = ({ hash, type }: { hash: string; type: string }): string => `/brand/logo-${hash}.${type}`

/** Where the tokens hang, and which of them is dark by preference and by choice. */
type Roots = { all: string; notLight: string; dark: string }
const documentRoots: Roots = {
  all: ':root',
  notLight: ":root:not([data-theme='light'])",
  dark: ":root[data-theme='dark']",
}
const shadowRoots: Roots = {
  all: ':host',
  notLight: ":host(:not([data-theme='light']))",
  dark: ":host([data-theme='dark'])",
}

/** The colours of the brand as a style sheet of a page, in the words of our tokens. */
export const themeSheet = (colour: string): string => sheetOf(colour, documentRoots)

function sheetOf(colour: string, roots: Roots): string {
  const { light, dark } = accentOf(colour)
  const tokens = ({ accent, ink, wash }: typeof light): string =>
    `--pine:${accent};--pine-ink:${ink};--pine-wash:${wash}`
  return [
    `${roots.all}{${tokens(light)}}`,
    `@media (prefers-color-scheme:dark){${roots.notLight}{${tokens(dark)}}}`,
    `${roots.dark}{${tokens(dark)}}`,
    '',
  ].join('\n')
}

export const themePath = (colour: string): string => `/brand/theme-${colour.slice(1)}.css`

/** Mail comes from the address that the operator set up, and where the team chose a name, under that name. */
export function senderOf(mailFrom: string, { brand, isNameOurs }: SettingsNow): string {
  const address = /<([^<>\s]+)>/.exec(mailFrom)?.[1] ?? mailFrom.trim()
  if (!isNameOurs) return mailFrom
  return `"${brand.name.replaceAll(/["\\\r\n\u2028\u2029]/g, ' ')}" <${address}>`
}

/** The bubble's script as it lies built, with its hash for `integrity` (SRI 1). Read again when it was built anew. */
export function servedLoader(baseUrl: () => string): () => Promise<{ url: string; integrity: string | undefined }> {
  const file = join(builtFolder('apps/widget'), 'clew.js')
  let known: { stamp: string; integrity: string } | undefined
  return async () => {
    const url = `${baseUrl()}/clew.js`
    const found = await stat(file).catch(() => undefined)
    if (!found) return { url, integrity: undefined }
    const stamp = `${found.mtimeMs} ${found.size}`
    if (known?.stamp !== stamp) {
      const hash = createHash('sha384')
        .update(await readFile(file))
        .digest('base64')
      known = { stamp, integrity: `sha384-${hash}` }
    }
    return { url, integrity: known.integrity }
  }
}
