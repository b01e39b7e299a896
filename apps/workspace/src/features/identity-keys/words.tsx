import { createT, type Locale, type T } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { useT } from '../../app/i18n.tsx'

export type IdentityT = T<'identity'>

const loaders: Record<Locale, () => Promise<IdentityT>> = {
  en: () => import('@clew/i18n/generated/identity.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/identity.el').then(({ catalogue }) => createT('el', catalogue)),
}

const Words = createContext<IdentityT | undefined>(undefined)

/** Fetches the words of this screen, which the rest of the workspace does not need. */
export function IdentityWords({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const { locale } = useT()
  const { data } = useQuery({
    queryKey: ['words', 'identity', locale],
    queryFn: () => loaders[locale](),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return data === undefined ? waiting : <Words value={data}>{children}</Words>
}

export function useIdentityT(): IdentityT {
  const t = useContext(Words)
  if (t === undefined) throw new Error('useIdentityT outside of IdentityWords')
  return t
}
