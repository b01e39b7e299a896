import { useSyncExternalStore } from 'react'

const narrow = () => matchMedia('(max-width: 75rem)')

/** Whether there is no room for the findings beside the waterfall; the same width as in the style sheet. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = narrow()
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => narrow().matches,
  )
}
