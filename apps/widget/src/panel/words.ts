import type { Locale } from '@clew/i18n'
import { useEffect, useState } from 'preact/hooks'
import { usePanel } from './context.ts'

/** Words of a part that is not there when the panel opens: fetched once in each language, undefined until they are there. */
export function wordsOf<Words extends object>(loaders: Record<Locale, () => Promise<Words>>): () => Words | undefined {
  const loaded = new Map<Locale, Words>()
  return function useWords() {
    const { t, actions } = usePanel()
    const { locale } = t
    const [, setCount] = useState(0)
    useEffect(() => {
      if (loaded.has(locale)) return
      loaders[locale]().then(
        (words) => {
          loaded.set(locale, words)
          setCount((count) => count + 1)
        },
        () => actions.say(t('widget.error_network')),
      )
    }, [locale])
    return loaded.get(locale)
  }
}
