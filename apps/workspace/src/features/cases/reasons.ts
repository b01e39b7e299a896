import { createT, type Locale, type T } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../../app/i18n.tsx'

const loaders: Record<Locale, () => Promise<T<'intake'>>> = {
  en: () => import('@clew/i18n/generated/intake.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/intake.el').then(({ catalogue }) => createT('el', catalogue)),
}

/** Why something helps, by the key that comes with the case; nothing until the words are there. */
export function useReasons(): (key: string) => string | undefined {
  const { locale } = useT()
  const { data } = useQuery({
    queryKey: ['words', 'intake', locale],
    queryFn: () => loaders[locale](),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return (key) => data?.find(key)
}
