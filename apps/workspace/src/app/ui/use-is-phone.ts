import { useSyncExternalStore } from 'react'

const phone = () => matchMedia('(max-width: 60rem)')

/** Whether the layout shows one pane at a time; the same width as in the style sheets. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = phone()
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => phone().matches,
  )
}
