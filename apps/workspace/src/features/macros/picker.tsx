import { fillMacro, findMacros, type MacroFacts, macroBody } from '@clew/client/macro-text'
import type { Macro } from '@clew/contract/macros'
import type { Locale } from '@clew/contract/primitives'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { macrosQuery } from './api.ts'
import { FilledText } from './filled-text.tsx'
import styles from './macros.module.css'
import { MacroWords, useMacrosT } from './words.ts'

/** A macro as it is put into the reply. */
export type ChosenMacro = { text: string; tags: readonly string[]; resolves: boolean }

export type MacroPickerProps = {
  /** Of the conversation. */
  locale: Locale
  facts: MacroFacts
  onChoose(macro: ChosenMacro): void
  onClose(): void
  /** Something else has the focus now. */
  onLeave(): void
}

/** The team's macros above the reply: words narrow them, arrows move, Enter takes one, Esc leaves. */
export function MacroPicker(props: MacroPickerProps) {
  return (
    <MacroWords waiting={<Bones widths={[40, 60]} />}>
      <Picker {...props} />
    </MacroWords>
  )
}

function Picker({ locale, facts, onChoose, onClose, onLeave }: MacroPickerProps) {
  const t = useMacrosT()
  const id = useId()
  const { data } = useQuery(macrosQuery)
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const found = findMacros(data?.macros ?? [], words)
  const current = found[Math.min(at, found.length - 1)]
  const choose = (macro: Macro) => onChoose(chosen(macro, locale, facts))
  const leaveWith = (event: FocusEvent<HTMLElement>) => {
    // The window that loses the focus takes it along and brings it back.
    if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) onLeave()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <section className={styles.picker} aria-label={t('macros.title')} onBlur={leaveWith} onKeyDown={onKeyDown}>
      <FilterField
        id={id}
        words={words}
        current={current}
        onWords={(next) => {
          setWords(next)
          setAt(0)
        }}
        onMove={(by) => setAt((found.length + Math.min(at, found.length - 1) + by) % Math.max(found.length, 1))}
        onChoose={choose}
        onClose={onClose}
      />
      <Said words={words} found={found.length} />
      {current !== undefined && (
        <div className={styles.choice}>
          <Options id={id} macros={found} current={current} locale={locale} onPoint={setAt} onChoose={choose} />
          <Preview macro={current} locale={locale} facts={facts} />
        </div>
      )}
    </section>
  )
}

const chosen = (macro: Macro, locale: Locale, facts: MacroFacts): ChosenMacro => ({
  text: fillMacro(macroBody(macro, locale).body, facts),
  tags: macro.tags,
  resolves: macro.resolves,
})

type FilterFieldProps = {
  id: string
  words: string
  current: Macro | undefined
  onWords(words: string): void
  onMove(by: number): void
  onChoose(macro: Macro): void
  onClose(): void
}

function FilterField({ id, words, current, onWords, onMove, onChoose, onClose }: FilterFieldProps) {
  const t = useMacrosT()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const keys: Record<string, () => void> = {
    ArrowDown: () => onMove(1),
    ArrowUp: () => onMove(-1),
    Enter: () => current !== undefined && onChoose(current),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.nativeEvent.isComposing ? undefined : keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  return (
    <div className={styles.filter}>
      <input
        ref={field}
        className={controls.field}
        role="combobox"
        aria-expanded={current !== undefined}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current && `${id}-${current.id}`}
        aria-label={t('macros.find')}
        placeholder={t('macros.find')}
        autoComplete="off"
        maxLength={80}
        value={words}
        onChange={({ target }) => onWords(target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="button" className={controls.plain} onClick={onClose}>
        {t('macros.close')} <kbd>Esc</kbd>
      </button>
    </div>
  )
}

type OptionsProps = {
  id: string
  macros: readonly Macro[]
  current: Macro
  locale: Locale
  onPoint(at: number): void
  onChoose(macro: Macro): void
}

function Options({ id, macros, current, locale, onPoint, onChoose }: OptionsProps) {
  const t = useMacrosT()
  const shown = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is current.
  useEffect(() => shown.current?.scrollIntoView({ block: 'nearest' }), [current.id])
  return (
    <div className={styles.options} role="listbox" id={`${id}-list`} aria-label={t('macros.title')}>
      {macros.map((macro, at) => {
        const spoken = macroBody(macro, locale).locale
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys.
          <div
            key={macro.id}
            ref={macro === current ? shown : undefined}
            id={`${id}-${macro.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={macro === current}
            className={styles.option}
            onPointerMove={(event) => event.pointerType === 'mouse' && macro !== current && onPoint(at)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(macro)}
          >
            <span>{macro.name}</span>
            {spoken !== locale && <span className={controls.hint}>{t(`macros.in_${spoken}`)}</span>}
          </div>
        )
      })}
    </div>
  )
}

function Preview({ macro, locale, facts }: { macro: Macro; locale: Locale; facts: MacroFacts }) {
  const t = useMacrosT()
  const said = macroBody(macro, locale)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its place is scrolled by keys as well.
    <div className={styles.preview} role="group" tabIndex={0} aria-label={t('macros.preview_of', { name: macro.name })}>
      <FilledText locale={said.locale}>{fillMacro(said.body, facts)}</FilledText>
      {(macro.tags.length > 0 || macro.resolves) && (
        <p className={cx(controls.hint, styles.does)}>
          {macro.tags.length > 0 && <span>{t('macros.adds_tags', { tags: macro.tags.join(', ') })}</span>}
          {macro.resolves && <span>{t('macros.resolves')}</span>}
        </p>
      )}
    </div>
  )
}

function Failed({ error, onAgain }: { error: Error; onAgain(): void }) {
  const workspace = useT()
  return (
    <>
      {errorText(workspace, error)}{' '}
      <button type="button" className={controls.link} onClick={onAgain}>
        {workspace('workspace.try_again')}
      </button>
    </>
  )
}

/** In place of the list: that it is on its way, failed, or empty; and for who listens how many there are. */
function Said({ words, found }: { words: string; found: number }) {
  const t = useMacrosT()
  const { data, error, refetch } = useQuery(macrosQuery)
  if (data === undefined && error !== null)
    return (
      <p role="alert" className={styles.none}>
        <Failed error={error} onAgain={() => void refetch()} />
      </p>
    )
  if (data === undefined) return <Bones widths={[40, 60]} />
  if (data.macros.length === 0) return <NoMacros mayEdit={data.mayEdit} />
  return (
    <p className={found === 0 ? styles.none : styles.spoken} role="status">
      {found === 0 ? t('macros.none_found', { words }) : words !== '' && t('macros.found', { count: found })}
    </p>
  )
}

function NoMacros({ mayEdit }: { mayEdit: boolean }) {
  const t = useMacrosT()
  const { organisation } = useSession()
  return (
    <p className={styles.none}>
      {t('macros.none_what')}{' '}
      {mayEdit ? (
        <Link to="/settings/macros" search={{ macro: 'new' }}>
          {t('macros.none_add')}
        </Link>
      ) : (
        t('macros.none_ask', { team: organisation.name })
      )}
    </p>
  )
}
