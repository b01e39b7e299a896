import { createT } from '@clew/i18n'
import { createAreaWords } from '../area-words.tsx'

export const { Words: OfficeWords, useWords: useOfficeT } = createAreaWords('console', {
  en: () => import('@clew/i18n/generated/console.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console.el').then(({ catalogue }) => createT('el', catalogue)),
})
