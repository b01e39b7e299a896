import type { Attachment, Message, QuickReply, Source } from '@clew/contract/conversations'
import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import { formatSize } from '../files/size.ts'
import { usePanel } from './context.ts'
import { lazy } from './lazy.tsx'
import { RichText } from './rich-text.tsx'
import { Byline, knotOf, Row } from './row.tsx'

const ActivityRow = lazy((parts) => parts.ActivityRow)
const Film = lazy((parts) => parts.Film)

export type MessageRowProps = {
  message: Message
  isSameAuthor: boolean
  isLast: boolean
  isDelivered: boolean
  isWarned: boolean
}

export function MessageRow({ message, isSameAuthor, isLast, isDelivered, isWarned }: MessageRowProps) {
  const { t } = usePanel()
  if (message.activity !== undefined) return <ActivityRow message={message} activity={message.activity} />
  return (
    <>
      <Row at={message.createdAt} knot={knotOf(message.author)}>
        {!isSameAuthor && <Byline author={message.author} />}
        <Said message={message} />
        {isDelivered && <p class="state">{t('widget.delivered')}</p>}
        {isLast && message.quickReplies !== undefined && <QuickReplies message={message} />}
      </Row>
      {!isWarned && <Masked message={message} />}
    </>
  )
}

function Said({ message: { body, author, steps = [], attachments, sources = [], composed } }: { message: Message }) {
  const { t } = usePanel()
  return (
    <>
      {body !== '' && (
        <div class={author.type === 'contact' ? 'mine' : 'words'}>
          <RichText text={body} />
        </div>
      )}
      {steps.length > 0 && <Steps steps={steps} />}
      {attachments.map((attachment) => (
        <Fragment key={attachment.fileId}>
          {attachment.check === undefined && /^video\/(mp4|webm)$/.test(attachment.mediaType) && (
            <Film attachment={attachment} />
          )}
          <AttachmentRow attachment={attachment} />
        </Fragment>
      ))}
      {composed && sources.length > 0 && <p class="note">{t('widget.composed')}</p>}
      {sources.map((source) => (
        <SourceLink key={`${source.slug} ${source.anchor ?? ''}`} source={source} />
      ))}
    </>
  )
}

function Steps({ steps }: { steps: string[] }) {
  const { t } = usePanel()
  return (
    <ol class="steps" aria-label={t('widget.steps_label')}>
      {steps.map((step) => (
        <li key={step}>
          <RichText text={step} />
        </li>
      ))}
    </ol>
  )
}

function SourceLink({ source }: { source: Source }) {
  const { t, actions } = usePanel()
  const date = t.format.date(source.updatedOn, { day: 'numeric', month: 'short', year: 'numeric' })
  return (
    <p class="source">
      <button
        type="button"
        class="link"
        onClick={() => void actions.openArticle(source.slug, source.locale, source.anchor)}
      >
        {source.title}
      </button>
      <span>
        {source.section === undefined
          ? t('widget.source_whole', { date })
          : t('widget.source_section', { section: source.section, date })}
      </span>
    </p>
  )
}

/** The first press is the answer, so the choices are gone before a second one comes. */
function QuickReplies({ message }: { message: Message }) {
  const { actions } = usePanel()
  const [isPressed, setPressed] = useState(false)
  if (isPressed) return null
  const press = (reply: QuickReply) => {
    setPressed(true)
    // By then the answer stands below. Where it could not be kept, the choices are there again.
    void actions.pressQuickReply(reply).finally(() => setPressed(false))
  }
  return (
    <div class="choices">
      {message.quickReplies?.map((reply) => (
        <button key={reply.id} type="button" onClick={() => press(reply)}>
          {reply.label}
        </button>
      ))}
    </div>
  )
}

/** Says it at once; the assistant says it itself in its answer. */
function Masked({ message: { author, masked } }: { message: Message }) {
  const { t } = usePanel()
  const count = masked?.length ?? 0
  if (author.type === 'agent' || count === 0) return null
  return (
    <Row knot={{ kind: 'shape', shape: 'partial', tone: 'partial' }}>
      <p>
        <b>{t('widget.masked_title', { count })}</b> {t('widget.masked_why')}
      </p>
    </Row>
  )
}

function AttachmentRow({ attachment }: { attachment: Attachment }) {
  const { t, actions } = usePanel()
  const { name, fileId, check } = attachment
  if (check !== undefined)
    return (
      <p class="file">
        <b>{name}</b>
        <span>{t(`widget.file_${check}`)}</span>
      </p>
    )
  const download = async () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await actions.readFile(fileId))
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  const fail = () => actions.say(t('widget.error_network'))
  return (
    <button
      type="button"
      class="file"
      aria-label={t('widget.file_download', { name })}
      onClick={() => download().catch(fail)}
    >
      <b>{name}</b>
      <span>{formatSize(t, attachment.sizeBytes)}</span>
    </button>
  )
}
