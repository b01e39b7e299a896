import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { usePanel } from './context.ts'
import { Icon } from './icons.tsx'
import { lazy } from './lazy.tsx'
import { currentConversation, type PanelState, waitingHere } from './state.ts'

const Attached = lazy((parts) => parts.Attached)

export type ComposerProps = { field: RefObject<HTMLTextAreaElement | null>; picker: RefObject<HTMLInputElement | null> }

/** Where one writes. The thread ends in the button that adds the next thing. */
export function Composer({ field, picker }: ComposerProps) {
  const { t, state, actions } = usePanel()
  const onSubmit = (event: Event) => {
    event.preventDefault()
    void actions.submit()
  }
  const onPick = (event: Event & { currentTarget: HTMLInputElement }) => {
    void actions.attach([...(event.currentTarget.files ?? [])])
    event.currentTarget.value = ''
  }
  const attach = t('widget.attach')
  return (
    <form class="composer" onSubmit={onSubmit}>
      {state.attached.length > 0 && <Attached />}
      <div class="line">
        <input ref={picker} type="file" multiple hidden tabIndex={-1} aria-label={attach} onChange={onPick} />
        <button type="button" class="tool" aria-label={attach} onClick={() => picker.current?.click()}>
          <Icon name="add" />
        </button>
        <Words field={field} />
        <button type="submit" class="tool send" aria-label={t('widget.send')}>
          <Icon name="send" />
        </button>
      </div>
      <Under />
    </form>
  )
}

function Words({ field }: { field: ComposerProps['field'] }) {
  const { t, state, actions } = usePanel()

  // As high as its words, up to five lines. `rows` is an attribute, so no style is needed.
  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    for (area.rows = 1; area.rows < 5 && area.scrollHeight > area.clientHeight + 2; ) area.rows += 1
  }, [state.draft, field])

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter takes a suggestion (229 where the flag comes too late).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    void actions.submit()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    void actions.attach(files)
  }
  return (
    <textarea
      ref={field}
      rows={1}
      aria-label={t('widget.composer_label')}
      placeholder={state.current === undefined ? t('widget.composer_first') : t('widget.composer_next')}
      value={state.draft}
      onInput={(event) => actions.write(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  )
}

/** A person is always one tap away; beside it, what is going on. */
function Under() {
  const { t, state, actions } = usePanel()
  const person = whoAnswers(state)
  return (
    <p class="under">
      {person === 'free' ? (
        <button type="button" class="link plain" onClick={() => void actions.askForPerson()}>
          {t('widget.talk_to_person')}
        </button>
      ) : (
        <span>
          {person === 'asked'
            ? t('widget.person_asked')
            : t(person.key, { name: person.name ?? t('widget.who_agent') })}
        </span>
      )}
      {(person === 'free' || person === 'asked') && state.settings !== undefined && (
        <span>
          {state.settings.hoursLine ?? t(state.settings.agentsOnline ? 'widget.people_here' : 'widget.people_away')}
        </span>
      )}
    </p>
  )
}

type WhoAnswers = 'free' | 'asked' | { key: 'widget.agent_typing' | 'widget.state_agent'; name: string | undefined }

function whoAnswers(state: PanelState): WhoAnswers {
  const shown = currentConversation(state)?.conversation
  if (state.doing?.by === 'agent') return { key: 'widget.agent_typing', name: state.doing.name }
  if (shown?.status === 'open' && shown.handling === 'agent')
    return { key: 'widget.state_agent', name: shown.assignee?.name }
  const isAsked = waitingHere(state).some(({ outgoing }) => outgoing.kind === 'person')
  return isAsked || shown?.handling === 'waiting' ? 'asked' : 'free'
}
