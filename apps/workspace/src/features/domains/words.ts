import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: DomainsWords, useWords: useDomainsT } = createAreaWords('console-domains', {
  en: () => import('@clew/i18n/generated/console-domains.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-domains.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type DomainsT = ReturnType<typeof useDomainsT>
