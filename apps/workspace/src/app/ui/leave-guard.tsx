import { useBlocker } from '@tanstack/react-router'
import { useEffect, useId, useRef } from 'react'
import controls from './controls.module.css'
import styles from './leave-guard.module.css'

type LeaveGuardProps = {
  isDirty: boolean
  words: { title: string; text: string; stay: string; go: string }
}

/** Asks before what is not saved would be lost: by another page, by another of its kind, or by the tab that closes. */
export function LeaveGuard({ isDirty, words }: LeaveGuardProps) {
  const title = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const blocker = useBlocker({ shouldBlockFn: () => isDirty, enableBeforeUnload: () => isDirty, withResolver: true })
  const isAsking = blocker.status === 'blocked'
  useEffect(() => {
    if (isAsking) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isAsking])
  return (
    <dialog ref={dialog} className={styles.leave} aria-labelledby={title} onCancel={() => blocker.reset?.()}>
      <h2 id={title}>{words.title}</h2>
      <p>{words.text}</p>
      <div className={styles.ways}>
        <button type="button" className={controls.main} onClick={() => blocker.reset?.()}>
          {words.stay}
        </button>
        <button type="button" className={controls.button} onClick={() => blocker.proceed?.()}>
          {words.go}
        </button>
      </div>
    </dialog>
  )
}
