import { fetchAgain } from '@clew/client/fetch-again'
import { createT, type T } from '@clew/i18n'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { wordsOf } from './words.ts'

export const useSafeCopyWords = wordsOf<T<'safe-copy'>>({
  en: async () => createT('en', (await fetchAgain(() => import('@clew/i18n/generated/safe-copy.en'))).catalogue),
  el: async () => createT('el', (await fetchAgain(() => import('@clew/i18n/generated/safe-copy.el'))).catalogue),
})

export const SafeCopyWords = createContext<T<'safe-copy'> | undefined>(undefined)

export function useWords(): T<'safe-copy'> {
  const words = useContext(SafeCopyWords)
  if (words === undefined) throw new Error('outside the rows of a HAR')
  return words
}
