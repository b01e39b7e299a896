import type { T } from '@clew/i18n'
import { createContext } from 'preact'
import { useContext, useEffect, useReducer } from 'preact/hooks'
import type { Session } from './session.ts'
import type { Watched } from './watched.ts'

export type Words = T<'har-page'>

/** What every part of the page can reach. */
export interface Page {
  readonly t: Words
  readonly session: Session
  readonly contact: string
  /** Address of an article without its slug. */
  readonly articles: string
  /** Puts a file into the bubble; there once the bubble is. */
  readonly attach: Watched<((file: File) => void) | undefined>
  readonly offline: Watched<OfflineState>
  /** Requests that this page has made since a file was chosen. */
  readonly requests: Watched<number | undefined>
}

/** `unsure` until everything that the page needs is kept; `ready` from then on. */
export type OfflineState = 'unsure' | 'ready' | 'this-visit'

const Reach = createContext<Page | undefined>(undefined)
export const PageProvider = Reach.Provider

export function usePage(): Page {
  const page = useContext(Reach)
  if (page === undefined) throw new Error('outside the page')
  return page
}

export function useWatched<V>({ get, subscribe }: Watched<V>): V {
  const [, draw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const stop = subscribe(() => draw(undefined))
    draw(undefined)
    return stop
  }, [subscribe])
  return get()
}
