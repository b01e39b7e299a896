import { createT, type Locale, type T, terminalLocale } from '@clew/i18n'
import type { Io } from './io.ts'

export type Words = T<'cli'>

/** The words of the terminal's language, or the one asked for; only that language is loaded. */
export async function wordsOf({ env }: Pick<Io, 'env'>, asked?: Locale): Promise<Words> {
  const locale = asked ?? terminalLocale(env)
  const { catalogue } =
    locale === 'el' ? await import('@clew/i18n/generated/cli.el') : await import('@clew/i18n/generated/cli.en')
  return createT(locale, catalogue)
}
