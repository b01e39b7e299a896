import type { T } from '@clew/i18n'
import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { Actions } from './actions.ts'
import type { PanelState } from './state.ts'
import type { Store } from './store.ts'

export type PanelContext = { state: PanelState; actions: Actions; t: T<'widget'>; base: string }

export const Panel = createContext<PanelContext | undefined>(undefined)

export function usePanel(): PanelContext {
  const context = useContext(Panel)
  if (context === undefined) throw new Error('outside the panel')
  return context
}

export function useStore<S extends object>(store: Store<S>): S {
  const [state, setState] = useState(store.get())
  useEffect(() => {
    setState(store.get())
    return store.subscribe(setState)
  }, [store])
  return state
}
