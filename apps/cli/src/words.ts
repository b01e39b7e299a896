import { createT, type Locale, type T } from '@clew/i18n'
import * as cliEl from '@clew/i18n/generated/cli.el'
import * as cliEn from '@clew/i18n/generated/cli.en'
import type { Io } from './io.ts'

export type Words = T<'cli'>

/** The words of the terminal's language, in the order in which POSIX looks for it. */
export function wordsOf({ env }: Pick<Io, 'env'>): Words {
  const locale: Locale = /^el(?:_|\.|$)/.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'el' : 'en'
  return createT(locale, locale === 'el' ? cliEl.catalogue : cliEn.catalogue)
}
