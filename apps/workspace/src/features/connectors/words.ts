import { createT } from '@clew/i18n'
import { createAreaWords } from '../../app/area-words.tsx'

export const { Words: ConnectorsWords, useWords: useConnectorsT } = createAreaWords('connectors', {
  en: () => import('@clew/i18n/generated/connectors.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/connectors.el').then(({ catalogue }) => createT('el', catalogue)),
})

export type ConnectorsT = ReturnType<typeof useConnectorsT>
