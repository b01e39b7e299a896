import { useEffect } from 'react'
import type { EditorAction } from './editor-model.ts'

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), in fields too: what is typed is in the same history as everything else. */
export function useUndoKeys(dispatch: (action: EditorAction) => void, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]')) return
      const isRedo = (event.code === 'KeyZ' && event.shiftKey) || event.code === 'KeyY'
      if (event.code !== 'KeyZ' && !isRedo) return
      event.preventDefault()
      dispatch({ type: isRedo ? 'redo' : 'undo' })
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [dispatch, isOn])
}
