import { createT, terminalLocale } from '@clew/i18n'

const { catalogue } =
  terminalLocale(process.env) === 'el'
    ? await import('@clew/i18n/generated/cli.el')
    : await import('@clew/i18n/generated/cli.en')

/** What is said to the operator, in the language of the terminal; only that language is loaded. */
export const say = createT(terminalLocale(process.env), catalogue)
