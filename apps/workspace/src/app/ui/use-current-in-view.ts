import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/**
 * For a line of links that is longer than a phone is wide: the one that is open can be seen, also when `width` says that
 * another has become wider.
 */
export function useCurrentInView(width?: unknown) {
  const ref = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: on another page another link is the current one
  useEffect(() => {
    ref.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path, width])
  return ref
}
