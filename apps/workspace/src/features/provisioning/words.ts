import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: ProvisioningWords, useWords: useProvisioningT } = createAreaWords('console-provisioning', {
  en: () => import('@clew/i18n/generated/console-provisioning.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/console-provisioning.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type ProvisioningT = ReturnType<typeof useProvisioningT>
