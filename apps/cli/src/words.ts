import { createT, type Locale, type T } from '@clew/i18n'
import type { Io } from './io.ts'

export type Words = T<'cli'>

/** The words of the terminal's language, in the order in which POSIX looks for it; only that language is loaded. */
export async function wordsOf({ env }: Pick<Io, 'env'>, asked?: Locale): Promise<Words> {
  const fromTerminal = /^el(?:_|\.|-|$)/.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'el' : 'en'
  const locale = asked ?? fromTerminal
  const { catalogue } =
    locale === 'el' ? await import('@clew/i18n/generated/cli.el') : await import('@clew/i18n/generated/cli.en')
  return createT(locale, catalogue)
}
