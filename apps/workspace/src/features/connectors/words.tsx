import { createT, type Locale, type T } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { useT } from '../../app/i18n.tsx'

export type ConnectorsT = T<'connectors'>

const loaders: Record<Locale, () => Promise<ConnectorsT>> = {
  en: () => import('@clew/i18n/generated/connectors.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/connectors.el').then(({ catalogue }) => createT('el', catalogue)),
}

const Words = createContext<ConnectorsT | undefined>(undefined)

/** Fetches the words of lookups, which most cases do not need. */
export function ConnectorsWords({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const { locale } = useT()
  const { data } = useQuery({
    queryKey: ['words', 'connectors', locale],
    queryFn: () => loaders[locale](),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return data === undefined ? waiting : <Words value={data}>{children}</Words>
}

export function useConnectorsT(): ConnectorsT {
  const t = useContext(Words)
  if (t === undefined) throw new Error('useConnectorsT outside of ConnectorsWords')
  return t
}
