import { Fragment, useEffect, useRef } from 'react'
import { useT } from './i18n.tsx'
import { sheetOpen, singleKeys, switchSingleKeys } from './keys.tsx'
import styles from './keys-sheet.module.css'
import { useStore } from './store.ts'
import controls from './ui/controls.module.css'

const sections = {
  move: [
    ['next', ['J']],
    ['previous', ['K']],
    ['find_case', ['/']],
  ],
  answer: [
    ['reply', ['R']],
    ['note', ['N']],
    ['macros', ['/']],
    ['send', ['Ctrl', '↵']],
    ['send_resolve', ['Ctrl', 'Shift', '↵']],
    ['leave_draft', ['Esc']],
  ],
  decide: [
    ['assign', ['A']],
    ['assign_to_me', ['Shift', 'A']],
    ['resolve', ['E']],
    ['snooze', ['Z']],
    ['wrong_answer', ['X']],
  ],
  capture: [
    ['failing', ['N', 'P']],
    ['find', ['/']],
    ['zoom', ['+', '−', '0']],
  ],
  everywhere: [['sheet', ['?']]],
} as const

/** Every key, on one sheet. The browser's own dialog holds the focus and closes with Esc. */
export function KeysSheet() {
  const t = useT()
  const open = useStore(sheetOpen)
  const on = useStore(singleKeys)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal()
    if (!open) dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} className={styles.sheet} aria-labelledby="keys-title" onClose={() => sheetOpen.set(false)}>
      <div className={styles.head}>
        <h2 id="keys-title">{t('workspace.keys')}</h2>
        <label className={styles.switch}>
          <input type="checkbox" checked={on} onChange={(event) => switchSingleKeys(event.target.checked)} />
          {t('workspace.keys_on')}
        </label>
        <button type="button" className={controls.button} onClick={() => sheetOpen.set(false)}>
          {t('workspace.close')} <kbd>Esc</kbd>
        </button>
      </div>
      <div className={styles.keys}>
        {(Object.keys(sections) as (keyof typeof sections)[]).map((section) => (
          <section key={section}>
            <h3>{t(`workspace.keys_${section}`)}</h3>
            <dl>
              {sections[section].map(([action, keys]) => (
                <Fragment key={action}>
                  <dt>{t(`workspace.key_${action}`)}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.foot}>{t('workspace.keys_foot')}</p>
    </dialog>
  )
}
