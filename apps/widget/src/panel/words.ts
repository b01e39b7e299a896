import type { Locale } from '@clew/i18n'
import { useEffect, useState } from 'preact/hooks'
import { usePanel } from './context.ts'

/** Words of a part that is not there when the panel opens: fetched once in each language, undefined until they are there. */
export function wordsOf<Words extends object>(loaders: Record<Locale, () => Promise<Words>>): () => Words | undefined {
  const loaded = new Map<Locale, Words>()
  return function useWords() {
    const { t, state, actions } = usePanel()
    const { locale } = t
    const [, setCount] = useState(0)
    useEffect(() => {
      if (loaded.has(locale) || state.isShort) return
      loaders[locale]().then((words) => {
        loaded.set(locale, words)
        setCount((count) => count + 1)
      }, actions.runShort)
    }, [locale, state.isShort])
    return loaded.get(locale)
  }
}
