import type { Locale } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { useT } from './i18n.tsx'

type AreaWords<T> = {
  /** Fetches the words of an area, which the rest of the workspace does not need. */
  Words(props: { children: ReactNode; waiting?: ReactNode }): ReactNode
  useWords(): T
}

/** The words of one area of the workspace: a catalogue of its own, fetched with its first screen. */
export function createAreaWords<T>(area: string, loaders: Readonly<Record<Locale, () => Promise<T>>>): AreaWords<T> {
  const Context = createContext<T | undefined>(undefined)
  return {
    Words({ children, waiting = null }) {
      const { locale } = useT()
      const { data } = useQuery({
        queryKey: ['words', area, locale],
        queryFn: () => loaders[locale](),
        staleTime: Number.POSITIVE_INFINITY,
        structuralSharing: false,
      })
      return data === undefined ? waiting : <Context value={data}>{children}</Context>
    },
    useWords() {
      const t = useContext(Context)
      if (t === undefined) throw new Error(`the words of ${area} are used outside of their provider`)
      return t
    },
  }
}
