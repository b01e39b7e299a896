import { browserEnvironment } from '@clew/client/feed-environment'
import { fetchAgain } from '@clew/client/fetch-again'
import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { usePanel } from './context.ts'

type Parts = typeof import('./parts.ts')

let there: Parts | undefined

/** A part of the panel that is fetched when it is first shown, so that opening stays light. Until then nothing is shown. */
export function lazy<P extends object>(pick: (parts: Parts) => ComponentType<P>): (props: P) => JSX.Element | null {
  return function Lazy(props) {
    const { state, actions } = usePanel()
    const [, setCount] = useState(0)
    useEffect(() => {
      if (there !== undefined || state.isShort) return
      fetchAgain(() => import('./parts.ts')).then((parts) => {
        there = parts
        setCount(1)
      }, actions.runShort)
    }, [state.isShort])
    const Part = there && pick(there)
    return Part === undefined ? null : <Part {...props} />
  }
}

/** Stands where something is missing that could not be fetched. It is asked for again when the network comes back, too. */
export function Missing() {
  const { t, actions } = usePanel()
  useEffect(() => browserEnvironment.onWake(actions.fetchMissing), [])
  return (
    <div role="alert">
      <p>{t('widget.error_network')}</p>
      <div class="choices">
        <button type="button" onClick={actions.fetchMissing}>
          {t('widget.retry')}
        </button>
      </div>
    </div>
  )
}
