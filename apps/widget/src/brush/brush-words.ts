import { fetchAgain } from '@clew/client/fetch-again'
import { createT, type T } from '@clew/i18n'
import { wordsOf } from '../panel/words.ts'

export const useBrushWords = wordsOf<T<'brush'>>({
  en: async () => createT('en', (await fetchAgain(() => import('@clew/i18n/generated/brush.en'))).catalogue),
  el: async () => createT('el', (await fetchAgain(() => import('@clew/i18n/generated/brush.el'))).catalogue),
})
