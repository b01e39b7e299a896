import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: MacroWords, useWords: useMacrosT } = createAreaWords('macros', {
  en: () => import('@clew/i18n/generated/macros.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/macros.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type MacrosT = ReturnType<typeof useMacrosT>
