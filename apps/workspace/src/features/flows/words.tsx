import { createT, type Locale, type T } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { useT } from '../../app/i18n.tsx'

export type FlowsT = T<'flows'>

const loaders: Record<Locale, () => Promise<FlowsT>> = {
  en: () => import('@clew/i18n/generated/flows.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/flows.el').then(({ catalogue }) => createT('el', catalogue)),
}

const Words = createContext<FlowsT | undefined>(undefined)

/** Fetches the words of the flows, which the rest of the workspace does not need. */
export function FlowsWords({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const { locale } = useT()
  const { data } = useQuery({
    queryKey: ['words', 'flows', locale],
    queryFn: () => loaders[locale](),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return data === undefined ? waiting : <Words value={data}>{children}</Words>
}

export function useFlowsT(): FlowsT {
  const t = useContext(Words)
  if (t === undefined) throw new Error('useFlowsT outside of FlowsWords')
  return t
}
