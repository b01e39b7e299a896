import { createT, type T } from '@clew/i18n'
import { createAreaWords } from '../area-words.tsx'

export type SignInT = T<'console-sign-in'>

/** The words of signing in: at the entrance, in the console, and where somebody has to say again who they are. */
export const { Words: SignInWords, useWords: useSignInT } = createAreaWords<SignInT>('console-sign-in', {
  en: () => import('@clew/i18n/generated/console-sign-in.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-sign-in.el').then(({ catalogue }) => createT('el', catalogue)),
})
