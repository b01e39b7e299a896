import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: AuditWords, useWords: useAuditT } = createAreaWords('console-audit', {
  en: () => import('@clew/i18n/generated/console-audit.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-audit.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type AuditT = ReturnType<typeof useAuditT>
