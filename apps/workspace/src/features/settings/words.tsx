import { createT, type Locale, type T } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { useT } from '../../app/i18n.tsx'

export type SettingsT = T<'settings'>

const loaders: Record<Locale, () => Promise<SettingsT>> = {
  en: () => import('@clew/i18n/generated/settings.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/settings.el').then(({ catalogue }) => createT('el', catalogue)),
}

const Words = createContext<SettingsT | undefined>(undefined)

/** Fetches the words of this screen, which the rest of the workspace does not need. */
export function SettingsWords({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const { locale } = useT()
  const { data } = useQuery({
    queryKey: ['words', 'settings', locale],
    queryFn: () => loaders[locale](),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return data === undefined ? waiting : <Words value={data}>{children}</Words>
}

export function useSettingsT(): SettingsT {
  const t = useContext(Words)
  if (t === undefined) throw new Error('useSettingsT outside of SettingsWords')
  return t
}
