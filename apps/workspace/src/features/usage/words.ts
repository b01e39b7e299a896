import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: UsageWords, useWords: useUsageT } = createAreaWords('usage', {
  en: () => import('@clew/i18n/generated/usage.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/usage.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type UsageT = ReturnType<typeof useUsageT>
