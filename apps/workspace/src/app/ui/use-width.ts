import { useSyncExternalStore } from 'react'

/** Whether the layout shows one pane at a time; the same width as in the style sheets. */
export const useIsPhone = (): boolean => useMatches('(max-width: 60rem)')

/** Whether a third pane has room beside a page. */
export const useIsWide = (): boolean => useMatches('(min-width: 85rem)')

function useMatches(condition: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(condition)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => matchMedia(condition).matches,
  )
}
