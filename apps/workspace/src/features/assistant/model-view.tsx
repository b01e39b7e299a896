import type { PlaygroundModel } from '@clew/contract/assistant-learning'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import styles from './assistant.module.css'
import { useLearningT } from './words.ts'

/** What the model made of the answer, what it was sent for that, and what it cost. */
export function ModelView({ model }: { model: PlaygroundModel }) {
  const t = useLearningT()
  const { outcome, reason, faults, reply, requests, usage, ms } = model
  const wasAsked = usage.calls > 0
  return (
    <RailRow as="section" className={sheet.part}>
      <h2>{t('learning.model')}</h2>
      <p role="status">{t(`learning.model_${outcome}`)}</p>
      {reason !== null && <p className={text.muted}>{t('learning.model_reason', { reason })}</p>}
      {faults.length > 0 && <p className={text.muted}>{t('learning.model_faults', { faults: faults.join(', ') })}</p>}
      {reply !== null && (
        <div className={styles.saying}>
          <p className={cx(text.read, styles.words)}>{reply.body}</p>
          {reply.sources.map(({ slug, title, locale }) => (
            <p key={slug} className={text.small}>
              <a href={`/${locale}/articles/${slug}`} target="_blank" rel="noreferrer">
                {title}
              </a>
            </p>
          ))}
        </div>
      )}
      {wasAsked && (
        <p className={text.small}>
          {t('learning.model_cost', {
            calls: usage.calls,
            input: usage.inputTokens,
            output: usage.outputTokens,
            seconds: t.format.number(ms / 1000, { maximumFractionDigits: 1 }),
          })}
        </p>
      )}
      {requests.map((request, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: asked once, in this order
        <Exchange key={place} request={request} number={place + 1} />
      ))}
    </RailRow>
  )
}

type ExchangeProps = { request: PlaygroundModel['requests'][number]; number: number }

function Exchange({ request: { system, messages, tools, answer }, number }: ExchangeProps) {
  const t = useLearningT()
  return (
    <details className={styles.more}>
      <summary>{t('learning.model_request', { number })}</summary>
      <Sent title={t('learning.model_system')} words={system} />
      {messages.map(({ role, text: words }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: said once, in this order
        <Sent key={place} title={t(`learning.model_role_${role}`)} words={words} />
      ))}
      {tools.map(({ name, input, result }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: used once, in this order
        <Sent key={place} title={`${name} ${input}`} words={result} />
      ))}
      <Sent title={t('learning.model_answer')} words={answer ?? t('learning.model_no_answer')} />
    </details>
  )
}

const Sent = ({ title, words }: { title: string; words: string }) => (
  <div className={styles.stage}>
    <h3>{title}</h3>
    <p className={cx(text.mono, styles.sent)}>{words}</p>
  </div>
)
