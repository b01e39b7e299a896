import { useEffect, useRef, useState } from 'react'
import { newId } from './clock.ts'
import { useT } from './i18n.tsx'
import { createStore, useStore } from './store.ts'
import { type Toast, withToast } from './toast-list.ts'
import styles from './toasts.module.css'
import { Status } from './ui/status.tsx'

const shown = createStore<readonly Toast[]>([])
const spoken = createStore('')
const staysMs = 10_000

export function showToast(toast: Omit<Toast, 'id'>): void {
  shown.update((all) => withToast(all, { ...toast, id: newId() }))
}

/** Says something to a screen reader without showing it. */
export const announce = (text: string): void => spoken.set(text)

const dismiss = (id: string): void => shown.update((all) => all.filter((toast) => toast.id !== id))

export function Toasts() {
  const toasts = useStore(shown)
  const said = useStore(spoken)
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--toasts', `${region.current?.offsetHeight ?? 0}px`)
    if (toasts.length === 0) return undefined
    const uncover = () => uncoverFocus(region.current)
    uncover()
    document.addEventListener('focusin', uncover)
    return () => document.removeEventListener('focusin', uncover)
  }, [toasts])
  return (
    <>
      <div ref={region} className={styles.region} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} />
        ))}
      </div>
      <div className={styles.spoken} aria-live="polite">
        {said}
      </div>
    </>
  )
}

/** A toast lies over the page; whatever has the focus there moves out from under it. */
function uncoverFocus(region: HTMLElement | null): void {
  const at = document.activeElement
  if (region === null || at === null || at === document.body || region.contains(at)) return
  const [over, under] = [region.getBoundingClientRect(), at.getBoundingClientRect()]
  const isUnder =
    under.bottom > over.top && under.top < over.bottom && under.right > over.left && under.left < over.right
  if (isUnder && at.matches(':focus-visible')) at.scrollIntoView({ block: 'center' })
}

function ToastLine({ toast }: { toast: Toast }) {
  const t = useT()
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(() => dismiss(toast.id), staysMs)
    return () => clearTimeout(timer)
  }, [toast.id, isHeld])
  const act = () => {
    dismiss(toast.id)
    toast.action?.run()
  }
  return (
    <p
      className={styles.toast}
      // Whoever is at it has all the time they need.
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {toast.tone === 'problem' && <Status shape="major" tone="major" hidden />}
      <span>{toast.text}</span>
      {toast.action && (
        <button type="button" className={styles.act} onClick={act}>
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        className={styles.close}
        onClick={() => dismiss(toast.id)}
        aria-label={t('workspace.close')}
      >
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d="M2 2l8 8M10 2l-8 8" />
        </svg>
      </button>
    </p>
  )
}
