import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { usePanel } from './context.ts'

/**
 * A part of the panel that is fetched when it is first shown, so that opening stays light. While it is on its way
 * nothing is shown; if it cannot come, that is said.
 */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => JSX.Element | null {
  let loaded: ComponentType<P> | undefined
  return function Lazy(props) {
    const { t, actions } = usePanel()
    const [Part, setPart] = useState(() => loaded)
    useEffect(() => {
      if (Part !== undefined) return
      load().then(
        (part) => {
          loaded = part
          setPart(() => part)
        },
        () => actions.say(t('widget.error_network')),
      )
    }, [])
    return Part === undefined ? null : <Part {...props} />
  }
}
