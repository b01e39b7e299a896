import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import { readableBody, type WaterfallWords } from '@clew/har/waterfall'
import { useMemo, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import text from '../../app/ui/text.module.css'
import styles from './entry-bodies.module.css'
import { Pairs, Part } from './entry-parts.tsx'
import { Marked } from './marked.tsx'

type Body = NonNullable<CaptureEntryDetail['request']['body']>

/** What was sent and what came back, as far as the capture kept it. */
export function EntryBodies({
  detail: { request, response, messages },
  words,
}: {
  detail: CaptureEntryDetail
  words: WaterfallWords
}) {
  const t = useT()
  return (
    <>
      {(request.body !== undefined || request.form.length > 0) && (
        <Part name={t('workspace.margin_body_sent')}>
          <Pairs pairs={request.form.map(({ name, value, fileName }) => [name, fileName || value || '–'])} />
          {request.body !== undefined && <BodyText body={request.body} words={words} />}
        </Part>
      )}
      <Part name={t('workspace.margin_body_got')}>
        {response.body === undefined ? (
          <p className={cx(text.small, text.muted)}>{t('workspace.body_none')}</p>
        ) : (
          <BodyText body={response.body} words={words} />
        )}
      </Part>
      {messages.length > 0 && (
        <Part name={t('workspace.margin_messages')}>
          <Messages messages={messages} />
        </Part>
      )}
    </>
  )
}

/** More than this is drawn only when asked for. */
const lettersAtFirst = 8000

function BodyText({ body, words }: { body: Body; words: WaterfallWords }) {
  const t = useT()
  const [isWhole, setWhole] = useState(false)
  const readable = useMemo(() => readableBody(body), [body])
  if (readable.type === 'binary')
    return (
      <p className={cx(text.small, text.muted)}>
        {t('workspace.body_binary', { size: words.size(readable.sizeBytes) })}
      </p>
    )
  const isLong = readable.text.length > lettersAtFirst
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable */}
      <pre
        className={styles.body}
        data-type={readable.type}
        tabIndex={0}
        role="region"
        aria-label={body.mime || t('workspace.answer_type')}
      >
        <Marked text={isLong && !isWhole ? readable.text.slice(0, lettersAtFirst) : readable.text} />
      </pre>
      {isLong && !isWhole && (
        <button type="button" className={controls.link} onClick={() => setWhole(true)}>
          {t('workspace.body_whole', { size: words.size(readable.text.length) })}
        </button>
      )}
      {body.isCut && <p className={cx(text.small, text.muted)}>{t('workspace.body_cut')}</p>}
    </>
  )
}

const messagesAtFirst = 20

function Messages({ messages }: { messages: CaptureEntryDetail['messages'] }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ol className={styles.messages}>
        {messages.slice(0, isOpen ? messages.length : messagesAtFirst).map(({ type, data }, at) => (
          <li key={`${at} ${type}`}>
            <span>{type === 'send' ? '↑' : '↓'}</span>
            <span className={text.hidden}>{type}</span>
            <code>
              <Marked text={data} />
            </code>
          </li>
        ))}
      </ol>
      {!isOpen && messages.length > messagesAtFirst && (
        <button type="button" className={controls.link} onClick={() => setOpen(true)}>
          {t('workspace.and_more', { count: messages.length - messagesAtFirst })}
        </button>
      )}
    </>
  )
}
