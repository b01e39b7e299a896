import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: RetentionWords, useWords: useRetentionT } = createAreaWords('console-retention', {
  en: () => import('@clew/i18n/generated/console-retention.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-retention.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type RetentionT = ReturnType<typeof useRetentionT>
