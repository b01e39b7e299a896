import type { Message } from '@clew/contract/conversations'
import { Fragment, type RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { now } from '../platform/clock.ts'
import { usePanel } from './context.ts'
import { lazy, Missing } from './lazy.tsx'
import { MessageRow } from './message-row.tsx'
import { OutgoingRow } from './outgoing-row.tsx'
import { RichText } from './rich-text.tsx'
import { Byline, Row } from './row.tsx'
import { currentConversation, waitingHere } from './state.ts'

const KnownCard = lazy((parts) => parts.KnownCard)
const OpenIncidents = lazy((parts) => parts.OpenIncidents)
const FilesOnWay = lazy((parts) => parts.FilesOnWay)
const WhyNot = lazy((parts) => parts.WhyNot)
const HarRows = lazy((parts) => parts.HarRows)

/** The conversation as one timeline: an accessible log that tells what is new, politely. */
export function Transcript() {
  const { t, state } = usePanel()
  const log = useRef<HTMLDivElement>(null)
  const shown = currentConversation(state)
  const messages = shown?.messages ?? []
  const waiting = waitingHere(state)
  useFollowing(log)

  const lastMine = messages.findLastIndex(({ author, activity }) => author.type === 'contact' && activity === undefined)
  const handoverAt = messages.findLastIndex(
    ({ activity }) => activity?.type === 'handed_over' || activity?.type === 'took_over',
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div class="log" role="log" aria-label={t('widget.log_label')} tabIndex={0} ref={log}>
      <ol>
        {state.current === undefined && <Welcome />}
        {messages.map((message, index) => (
          <Fragment key={message.id}>
            <DayRow message={message} before={messages[index - 1]} />
            <MessageRow
              message={message}
              isSameAuthor={isSameAuthor(messages[index - 1], message)}
              isLast={index === messages.length - 1 && waiting.length === 0}
              isWarned={messages[index + 1]?.author.type === 'assistant'}
              isDelivered={index === lastMine && waiting.length === 0 && index === messages.length - 1}
            />
            {index === handoverAt && <KnownCard />}
            {index > messages.length - 4 && saysStuck(messages[index - 1], message) && <WhyNot />}
          </Fragment>
        ))}
        {waiting.map((entry, index) => (
          <OutgoingRow
            key={entry.order}
            entry={entry}
            isSameAuthor={index > 0 || messages.at(-1)?.author.type === 'contact'}
          />
        ))}
        {Object.values(state.uploads).some(({ name }) => name !== undefined) && <FilesOnWay />}
        {state.hars.length > 0 && <HarRows />}
        {state.doing?.by === 'assistant' && <Working text={state.doing.text} />}
        {state.isShort && (
          <Row knot={{ kind: 'shape', shape: 'partial', tone: 'partial' }}>
            <Missing />
          </Row>
        )}
        {state.notices.map(({ id, text }) => (
          <Row key={id} knot={{ kind: 'shape', shape: 'partial', tone: 'partial' }}>
            <p>{text}</p>
          </Row>
        ))}
      </ol>
    </div>
  )
}

function Welcome() {
  const { t, state, actions } = usePanel()
  const suggestions = state.settings?.suggestions ?? []
  return (
    <>
      {(state.settings?.openIncidents ?? []).length > 0 && <OpenIncidents />}
      <Row knot={{ kind: 'assistant' }}>
        <Byline author={{ type: 'assistant' }} />
        <p class="hello">{state.settings?.greeting ?? t('widget.hello')}</p>
      </Row>
      {suggestions.length > 0 && (
        <Row>
          <p class="note">{t('widget.suggestions')}</p>
          <ul class="asked">
            {suggestions.map((text) => (
              <li key={text}>
                <button type="button" onClick={() => void actions.speak(text)}>
                  {text}
                </button>
              </li>
            ))}
          </ul>
        </Row>
      )}
    </>
  )
}

/** What is written so far is seen, and told once it is whole: as the message that takes its place. */
function Working({ text }: { text: string | undefined }) {
  const { t } = usePanel()
  return (
    <Row isQuiet={text === undefined} knot={{ kind: 'assistant' }} isNext>
      {text === undefined ? (
        <p class="note">{t('widget.assistant_working')}</p>
      ) : (
        <div aria-busy="true" aria-live="off">
          <Byline author={{ type: 'assistant' }} />
          <div class="words">
            <RichText text={text} />
          </div>
        </div>
      )}
    </Row>
  )
}

/** The date, where a day begins; today's is not said. */
function DayRow({ message, before }: { message: Message; before: Message | undefined }) {
  const { t } = usePanel()
  const dayOf = (at: string | Date) => t.format.date(at, { day: 'numeric', month: 'numeric', year: 'numeric' })
  const day = dayOf(message.createdAt)
  if (day === (before === undefined ? dayOf(now()) : dayOf(before.createdAt))) return null
  return (
    <Row isQuiet>
      <p class="note">{t.format.date(message.createdAt, { weekday: 'long', day: 'numeric', month: 'long' })}</p>
    </Row>
  )
}

const isSameAuthor = (before: Message | undefined, message: Message): boolean =>
  before !== undefined &&
  before.activity === undefined &&
  before.author.type === message.author.type &&
  before.author.id === message.author.id

/** The button that says that an answer did not help was pressed under it. */
const saysStuck = (before: Message | undefined, { author, body }: Message): boolean =>
  author.type === 'contact' &&
  before?.quickReplies?.some(({ id, label }) => id.startsWith('stuck') && label === body) === true

/** Keeps the newest in sight, unless the reader has scrolled up, or something long is to be read from its start. */
function useFollowing(log: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = log.current
    const list = element?.firstElementChild
    if (!element || !list) return
    let isAtEnd = true
    let lastTop = 0
    let held: Element | null = null
    const toEnd = () => {
      const start = element.querySelector('[data-read-from-here]')
      if (start !== null && start !== held) {
        element.scrollTop += start.getBoundingClientRect().top - element.getBoundingClientRect().top
        isAtEnd = false
      } else if (isAtEnd) element.scrollTop = element.scrollHeight
      held = start
    }
    // Only the reader scrolls up; what grows below must not look like that.
    const onScroll = () => {
      const fromEnd = element.scrollHeight - element.scrollTop - element.clientHeight
      isAtEnd = fromEnd < 80 || (isAtEnd && element.scrollTop >= lastTop)
      lastTop = element.scrollTop
    }
    const observer = new ResizeObserver(toEnd)
    observer.observe(list)
    observer.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [log])
}
