import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: PoliciesWords, useWords: usePoliciesT } = createAreaWords('console-policies', {
  en: () => import('@clew/i18n/generated/console-policies.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-policies.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type PoliciesT = ReturnType<typeof usePoliciesT>
