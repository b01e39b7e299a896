import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: ExportWords, useWords: useExportT } = createAreaWords('console-exports', {
  en: () => import('@clew/i18n/generated/console-exports.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-exports.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type ExportT = ReturnType<typeof useExportT>
