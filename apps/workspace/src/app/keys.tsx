import { useEffect, useRef } from 'react'
import { actionForKey, isWritingPlace, type KeyAction } from './key-map.ts'
import { keepSingleKeys, keptSingleKeys } from './preferences.ts'
import { createStore } from './store.ts'

export const singleKeys = createStore(keptSingleKeys())
export const sheetOpen = createStore(false)

export function switchSingleKeys(on: boolean): void {
  keepSingleKeys(on)
  singleKeys.set(on)
}

export type KeyHandlers = Partial<Record<KeyAction, () => void>>

/** Runs these while the component is shown. */
export function useKeys(handlers: KeyHandlers): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const handler = event.defaultPrevented ? undefined : handlerFor(event, latest.current)
      if (handler === undefined) return
      event.preventDefault()
      handler()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

function handlerFor(event: KeyboardEvent, handlers: KeyHandlers): (() => void) | undefined {
  const action = actionForKey(event, {
    enabled: singleKeys.get(),
    writing: isWritingPlace(event.target),
    overlay: document.querySelector('dialog[open], [role="menu"]') !== null,
  })
  return action === undefined ? undefined : handlers[action]
}
