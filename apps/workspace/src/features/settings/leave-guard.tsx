import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import controls from '../../app/ui/controls.module.css'
import styles from './settings.module.css'
import { useSettingsT } from './words.ts'

/** Asks before what is not saved would be lost, also when the tab is closed. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const t = useSettingsT()
  const dialog = useRef<HTMLDialogElement>(null)
  const blocker = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  const isAsking = blocker.status === 'blocked'
  useEffect(() => {
    if (isAsking) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isAsking])
  return (
    <dialog ref={dialog} className={styles.leave} aria-labelledby="settings-leave" onCancel={() => blocker.reset?.()}>
      <h2 id="settings-leave">{t('settings.leave_title')}</h2>
      <p>{t('settings.leave_text')}</p>
      <div className={styles.ways}>
        <button type="button" className={controls.main} onClick={() => blocker.reset?.()}>
          {t('settings.leave_stay')}
        </button>
        <button type="button" className={controls.button} onClick={() => blocker.proceed?.()}>
          {t('settings.leave_go')}
        </button>
      </div>
    </dialog>
  )
}
