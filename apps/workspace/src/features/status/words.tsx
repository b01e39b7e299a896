import { createT, type Locale, type T } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { useT } from '../../app/i18n.tsx'

export type StatusT = T<'status'>

const loaders: Record<Locale, () => Promise<StatusT>> = {
  en: () => import('@clew/i18n/generated/status.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/status.el').then(({ catalogue }) => createT('el', catalogue)),
}

const Words = createContext<StatusT | undefined>(undefined)

/** Fetches the words of this screen, which the rest of the workspace does not need. */
export function StatusWords({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const { locale } = useT()
  const { data } = useQuery({
    queryKey: ['words', 'status', locale],
    queryFn: () => loaders[locale](),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return data === undefined ? waiting : <Words value={data}>{children}</Words>
}

export function useStatusT(): StatusT {
  const t = useContext(Words)
  if (t === undefined) throw new Error('useStatusT outside of StatusWords')
  return t
}
