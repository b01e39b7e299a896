import { fetchAgain } from '@clew/client/fetch-again'
import { createT, type T } from '@clew/i18n'
import { wordsOf } from './words.ts'

export type CaseT = T<'case' | 'intake'>

/** What is said about a case, with the reasons why something helps. */
export const useCaseWords = wordsOf<CaseT>({
  en: async () => {
    const [{ catalogue }, reasons] = await Promise.all([
      fetchAgain(() => import('@clew/i18n/generated/case.en')),
      fetchAgain(() => import('@clew/i18n/generated/intake.en')),
    ])
    return createT<'case' | 'intake'>('en', catalogue, reasons.catalogue)
  },
  el: async () => {
    const [{ catalogue }, reasons] = await Promise.all([
      fetchAgain(() => import('@clew/i18n/generated/case.el')),
      fetchAgain(() => import('@clew/i18n/generated/intake.el')),
    ])
    return createT<'case' | 'intake'>('el', catalogue, reasons.catalogue)
  },
})
