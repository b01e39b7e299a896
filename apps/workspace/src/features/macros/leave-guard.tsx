import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import controls from '../../app/ui/controls.module.css'
import styles from './screen.module.css'
import { useMacrosT } from './words.ts'

/** Asks before what is not saved would be lost: by another macro, another page, or the tab that closes. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const t = useMacrosT()
  const dialog = useRef<HTMLDialogElement>(null)
  const blocker = useBlocker({ shouldBlockFn: () => isDirty, enableBeforeUnload: () => isDirty, withResolver: true })
  const isAsking = blocker.status === 'blocked'
  useEffect(() => {
    if (isAsking) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isAsking])
  return (
    <dialog ref={dialog} className={styles.leave} aria-labelledby="macros-leave" onCancel={() => blocker.reset?.()}>
      <h2 id="macros-leave">{t('macros.leave_title')}</h2>
      <p>{t('macros.leave_text')}</p>
      <div className={styles.ways}>
        <button type="button" className={controls.main} onClick={() => blocker.reset?.()}>
          {t('macros.leave_stay')}
        </button>
        <button type="button" className={controls.button} onClick={() => blocker.proceed?.()}>
          {t('macros.leave_go')}
        </button>
      </div>
    </dialog>
  )
}
