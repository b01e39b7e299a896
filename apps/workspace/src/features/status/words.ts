import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: StatusWords, useWords: useStatusT } = createAreaWords('status', {
  en: () => import('@clew/i18n/generated/status.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/status.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type StatusT = ReturnType<typeof useStatusT>
