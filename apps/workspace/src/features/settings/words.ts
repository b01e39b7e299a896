import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: SettingsWords, useWords: useSettingsT } = createAreaWords('settings', {
  en: () => import('@clew/i18n/generated/settings.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/settings.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type SettingsT = ReturnType<typeof useSettingsT>
