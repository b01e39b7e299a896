import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: MembersWords, useWords: useMembersT } = createAreaWords('console-members', {
  en: () => import('@clew/i18n/generated/console-members.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-members.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type MembersT = ReturnType<typeof useMembersT>
