import { createT, type Locale, type T } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { useT } from '../../app/i18n.tsx'

export type LearningT = T<'learning'>

const loaders: Record<Locale, () => Promise<LearningT>> = {
  en: () => import('@clew/i18n/generated/learning.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/learning.el').then(({ catalogue }) => createT('el', catalogue)),
}

const Words = createContext<LearningT | undefined>(undefined)

/** Fetches the words of what the assistant teaches, which the rest of the workspace does not need. */
export function LearningWords({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const { locale } = useT()
  const { data } = useQuery({
    queryKey: ['words', 'learning', locale],
    queryFn: () => loaders[locale](),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return data === undefined ? waiting : <Words value={data}>{children}</Words>
}

export function useLearningT(): LearningT {
  const t = useContext(Words)
  if (t === undefined) throw new Error('useLearningT outside of LearningWords')
  return t
}
