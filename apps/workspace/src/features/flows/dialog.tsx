import { type ReactNode, useEffect, useId, useRef } from 'react'
import controls from '../../app/ui/controls.module.css'
import styles from './panels.module.css'
import { useFlowsT } from './words.ts'

type Props = {
  title: string
  children: ReactNode
  /** What is done; without it the dialog only tells. */
  action?: { label: string; run(): void; isOff?: boolean }
  onClose(): void
}

/** The browser's own dialog: it holds the focus and closes with Esc. Shown as long as it is there. */
export function Dialog({ title, children, action, onClose }: Props) {
  const t = useFlowsT()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <div className={styles.dialogBody}>{children}</div>
      <div className={styles.ways}>
        {action && (
          <button type="button" className={controls.main} disabled={action.isOff} onClick={action.run}>
            {action.label}
          </button>
        )}
        <button type="button" className={controls.button} onClick={() => dialog.current?.close()}>
          {t(action ? 'flows.cancel' : 'flows.close')}
        </button>
      </div>
    </dialog>
  )
}
