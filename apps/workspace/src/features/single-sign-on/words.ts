import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: SsoWords, useWords: useSsoT } = createAreaWords('console-sso', {
  en: () => import('@clew/i18n/generated/console-sso.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-sso.el').then(({ catalogue }) => createT('el', catalogue)),
})

/** Of checks and reasons, which the page behind a set-up link says in the same words. */
export const { Words: CauseWords, useWords: useCauseT } = createAreaWords('sso-words', {
  en: () => import('@clew/i18n/generated/sso-words.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/sso-words.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type SsoT = ReturnType<typeof useSsoT>
