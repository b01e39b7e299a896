import { useQuery } from '@tanstack/react-query'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useDeferredValue,
  useId,
  useRef,
  useState,
} from 'react'
import controls from '../../app/ui/controls.module.css'
import { Mark } from '../../app/ui/mark.tsx'
import { candidatesQuery } from './api.ts'
import { type Held, keyOf, offered, readPasted, withHeld } from './hold-model.ts'
import styles from './hold-picker.module.css'
import { type RetentionT, useRetentionT } from './words.ts'

type Props = { chosen: readonly Held[]; onChange(chosen: Held[]): void }

/** Finds members, people who ask for help and cases as one types, and takes whole lists that are pasted. */
export function HoldPicker({ chosen, onChange }: Props) {
  const t = useRetentionT()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data, isFetching } = useQuery({ ...candidatesQuery(q), enabled: q !== '' })
  const found = q === '' || data === undefined ? [] : offered(data, chosen)
  const take = (more: readonly Held[]) => {
    onChange(withHeld(chosen, more))
    setTyped('')
    field.current?.focus()
  }
  const onPaste = (event: ClipboardEvent) => {
    const held = readPasted(event.clipboardData.getData('text'))
    if (held.length < 2) return
    event.preventDefault()
    take(held)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && stepIn(list.current, 1)) event.preventDefault()
    if (event.key !== 'Enter' || typed.trim() === '') return
    // The form is sent by its button.
    event.preventDefault()
    const [best] = found
    const written = readPasted(typed)
    if (written.length > 0 && best?.kind !== 'case') take(written)
    else if (best) take([best])
  }
  return (
    <div className={styles.picker}>
      <label htmlFor={id} className={controls.label}>
        {t('console-retention.form_who')}
      </label>
      <Chosen chosen={chosen} onRemove={(key) => onChange(chosen.filter((each) => keyOf(each) !== key))} />
      <input
        ref={field}
        id={id}
        className={controls.field}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={t('console-retention.form_who_what')}
        aria-describedby={`${id}-hint`}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
      />
      <Found ref={list} found={found} onTake={(held) => take([held])} onLeave={() => field.current?.focus()} />
      <p className={controls.hint} id={`${id}-hint`} role="status">
        {hintOf(t, { q, count: found.length, isLooking: isFetching })}
      </p>
    </div>
  )
}

type FoundProps = {
  ref: RefObject<HTMLUListElement | null>
  found: readonly Held[]
  onTake(held: Held): void
  onLeave(): void
}

/** What fits what was typed, gone through with the arrows. */
function Found({ ref, found, onTake, onLeave }: FoundProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    if (!stepIn(ref.current, event.key === 'ArrowDown' ? 1 : -1) && event.key === 'ArrowUp') onLeave()
  }
  return (
    <ul ref={ref} className={styles.found} onKeyDown={onKeyDown}>
      {found.map((each) => (
        <li key={keyOf(each)}>
          <button type="button" onClick={() => onTake(each)}>
            <Shown held={each} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function hintOf(t: RetentionT, { q, count, isLooking }: { q: string; count: number; isLooking: boolean }): string {
  if (q === '') return t('console-retention.form_who_hint')
  if (count > 0) return t('console-retention.found', { count })
  if (isLooking) return t('console-retention.finding')
  return t(readPasted(q).length > 0 ? 'console-retention.found_new' : 'console-retention.found_none')
}

/** Moves to the next suggestion; answers whether there was one. */
function stepIn(list: HTMLElement | null, by: 1 | -1): boolean {
  const buttons = [...(list?.querySelectorAll('button') ?? [])]
  const at = buttons.findIndex((each) => each === document.activeElement)
  const next = buttons[at === -1 ? 0 : at + by]
  next?.focus()
  return next !== undefined
}

type ChosenProps = { chosen: readonly Held[]; onRemove(key: string): void }

function Chosen({ chosen, onRemove }: ChosenProps) {
  const t = useRetentionT()
  if (chosen.length === 0) return null
  return (
    <ul className={styles.chosen} aria-label={t('console-retention.form_chosen')}>
      {chosen.map((each) => {
        const name = nameOf(each)
        return (
          <li key={keyOf(each)}>
            <span>{name}</span>
            <button
              type="button"
              aria-label={t('console-retention.form_take_out', { name })}
              onClick={() => onRemove(keyOf(each))}
            >
              <svg viewBox="0 0 12 12" aria-hidden="true">
                <path d="M2 2l8 8M10 2l-8 8" />
              </svg>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function nameOf(held: Held): string {
  if (held.kind === 'member') return held.name
  return held.kind === 'contact' ? held.address : `C-${held.number}`
}

function Shown({ held }: { held: Held }) {
  const t = useRetentionT()
  const kind = held.kind === 'member' && held.hasLeft ? 'left' : held.kind
  const word = <small className={styles.kind}>{t(`console-retention.is_${kind}`)}</small>
  if (held.kind === 'case')
    return (
      <>
        <b>C-{held.number}</b>
        <span>{held.subject}</span>
        {word}
      </>
    )
  const [name, address] =
    held.kind === 'member' ? [held.name, held.email] : [held.name ?? held.address, held.name && held.address]
  return (
    <>
      <Mark small by={held.kind === 'member' ? 'agent' : 'contact'} name={name} />
      <b>{name}</b>
      <span>{address}</span>
      {word}
    </>
  )
}
