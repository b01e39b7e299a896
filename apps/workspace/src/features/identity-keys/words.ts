import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: IdentityWords, useWords: useIdentityT } = createAreaWords('identity', {
  en: () => import('@clew/i18n/generated/identity.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/identity.el').then(({ catalogue }) => createT('el', catalogue)),
})
