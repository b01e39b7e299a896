import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: FlowsWords, useWords: useFlowsT } = createAreaWords('flows', {
  en: () => import('@clew/i18n/generated/flows.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/flows.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type FlowsT = ReturnType<typeof useFlowsT>
