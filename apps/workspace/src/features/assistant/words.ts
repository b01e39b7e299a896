import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: LearningWords, useWords: useLearningT } = createAreaWords('learning', {
  en: () => import('@clew/i18n/generated/learning.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/learning.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type LearningT = ReturnType<typeof useLearningT>
