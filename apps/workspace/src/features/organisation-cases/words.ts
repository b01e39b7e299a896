import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: CasesWords, useWords: useCasesT } = createAreaWords('our-cases', {
  en: () => import('@clew/i18n/generated/our-cases.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/our-cases.el').then(({ catalogue }) => createT('el', catalogue)),
})
