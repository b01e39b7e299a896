import type { T } from '@clew/i18n'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Actions } from './actions.ts'
import { Composer, type ComposerProps } from './composer.tsx'
import { Panel, usePanel, useStore } from './context.ts'
import { Earlier } from './earlier.tsx'
import { keepFocus } from './focus.ts'
import { Header } from './header.tsx'
import { lazy, Missing } from './lazy.tsx'
import { trapFocus, useIsPhone } from './phone.ts'
import { currentConversation, hasOpenCapture, type PanelState } from './state.ts'
import type { Store } from './store.ts'
import { Transcript } from './transcript.tsx'

const ArticleView = lazy((parts) => parts.ArticleView)
const Brush = lazy((parts) => parts.Brush)
const CaseChips = lazy((parts) => parts.CaseChips)
const FactForm = lazy((parts) => parts.FactForm)

export type AppProps = { store: Store<PanelState>; actions: Actions; t: T<'widget'>; base: string; onClose(): void }

export function App({ store, actions, t, base, onClose }: AppProps) {
  const state = useStore(store)
  if (!state.isOpen) return null
  return (
    <Panel.Provider value={{ state, actions, t, base }}>
      <Dialog onClose={onClose} />
    </Panel.Provider>
  )
}

function Dialog({ onClose }: { onClose(): void }) {
  const { t, state, actions } = usePanel()
  const isPhone = useIsPhone()
  const panel = useRef<HTMLElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [isDropping, setDropping] = useState(false)
  const { name } = state.screen

  useEffect(() => {
    // On a phone the keyboard would cover what there is to read.
    const stop = isPhone ? panel.current : (field.current ?? panel.current)
    stop?.focus()
  }, [name, isPhone])
  useEffect(() => {
    const { current } = panel
    if (current === null) return
    return keepFocus(current, (gone) => chipOf(current, gone) ?? (isPhone ? null : field.current) ?? current)
  }, [isPhone])

  const onKeyDown = (event: KeyboardEvent) => {
    if (isPhone && event.key === 'Tab' && panel.current !== null) trapFocus(event, panel.current)
    if (event.key !== 'Escape' || event.isComposing) return
    event.stopPropagation()
    stepBack(state, actions, onClose)
  }
  const onDragOver = (event: DragEvent) => {
    event.preventDefault()
    setDropping(true)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setDropping(false)
    void actions.attach([...(event.dataTransfer?.files ?? [])])
  }
  return (
    <section
      id="clew-panel"
      class="panel"
      ref={panel}
      role="dialog"
      tabIndex={-1}
      aria-labelledby="clew-title"
      aria-modal={isPhone ? 'true' : undefined}
      {...{ onKeyDown, onDragOver, onDrop }}
      onDragLeave={() => setDropping(false)}
    >
      <Header onClose={onClose} />
      <Content field={field} />
      {isDropping && <p class="dropping">{t('widget.drop_here')}</p>}
    </section>
  )
}

/** A small form goes back into its chip; a chip that something was given for is another one. */
const chipOf = (panel: HTMLElement, gone: Element): HTMLElement | null =>
  panel.querySelector(`.case [data-field="${gone.closest<HTMLElement>('[data-field]')?.dataset['field']}"]`)

/** Escape undoes the innermost thing: a small form, another screen, the panel. */
function stepBack(state: PanelState, actions: Actions, onClose: () => void): void {
  if (state.asking !== undefined) actions.stopAsking()
  else if (state.screen.name !== 'conversation') actions.back()
  else onClose()
}

function Content({ field }: { field: ComposerProps['field'] }) {
  const { state } = usePanel()
  switch (state.screen.name) {
    case 'article':
      return state.isShort ? <Without /> : <ArticleView screen={state.screen} />
    case 'brush':
      return state.isShort ? <Without /> : <Brush file={state.screen.file} />
    case 'earlier':
      return <Earlier />
    case 'conversation':
      return (
        <>
          <Transcript />
          <Foot field={field} />
        </>
      )
  }
}

/** A screen that could not be fetched. */
const Without = () => (
  <div class="reading" tabIndex={-1}>
    <Missing />
  </div>
)

function Foot({ field }: { field: ComposerProps['field'] }) {
  const { t, state } = usePanel()
  const picker = useRef<HTMLInputElement>(null)
  const shown = currentConversation(state)
  return (
    <footer role="none">
      {state.asking !== undefined ? (
        <FactForm field={state.asking} onPick={() => picker.current?.click()} />
      ) : (
        shown?.conversation.status === 'open' && !hasOpenCapture(state) && <CaseChips known={shown.case} />
      )}
      <Composer field={field} picker={picker} />
      {state.current === undefined && <p class="privacy">{t('widget.privacy')}</p>}
    </footer>
  )
}
