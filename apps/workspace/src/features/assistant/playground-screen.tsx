import type { Playground, TryMessage } from '@clew/contract/assistant-learning'
import type { Locale } from '@clew/contract/primitives'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { learningApi } from './api.ts'
import styles from './assistant.module.css'
import { historyOf } from './history.ts'
import { ModelView } from './model-view.tsx'
import { TraceView } from './trace-view.tsx'
import { useLearningT } from './words.ts'

/** Tries a message out: what the bubble would say, and how that comes about. */
export function PlaygroundScreen() {
  const t = useLearningT()
  const workspace = useT()
  const attempt = useMutation({ mutationFn: learningApi.tryMessage })
  return (
    <>
      <RailRow as="header" className={sheet.head}>
        <h1>{t('learning.playground')}</h1>
        <p className={text.effect}>{t('learning.playground_effect')}</p>
      </RailRow>
      <RailRow as="section" className={sheet.part}>
        <TryForm isBusy={attempt.isPending} onTry={(input) => attempt.mutate(input)} />
        {attempt.error !== null && <p role="alert">{errorText(workspace, attempt.error)}</p>}
      </RailRow>
      {attempt.data !== undefined && (
        <div aria-live="polite" aria-busy={attempt.isPending}>
          <Reply answer={attempt.data} />
          {attempt.data.model !== undefined && <ModelView model={attempt.data.model} />}
          <TraceView trace={attempt.data.trace} />
        </div>
      )}
    </>
  )
}

function TryForm({ isBusy, onTry }: { isBusy: boolean; onTry(input: TryMessage): void }) {
  const t = useLearningT()
  const id = useId()
  const [message, setMessage] = useState('')
  const [locale, setLocale] = useState<Locale>(t.locale)
  const [history, setHistory] = useState('')
  const [at, setAt] = useState('')
  const [askModel, setAskModel] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const said = historyOf(history)
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const clock = at === '' ? {} : { now: new Date(at).toISOString() }
    onTry({ message, locale, askModel, context: { timeZone, ...clock, ...(said.length > 0 ? { history: said } : {}) } })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <div>
        <label className={controls.label} htmlFor={`${id}-message`}>
          {t('learning.field_message')}
        </label>
        <textarea
          id={`${id}-message`}
          className={controls.field}
          rows={3}
          required
          maxLength={20_000}
          value={message}
          onChange={({ target }) => setMessage(target.value)}
        />
      </div>
      <div>
        <label className={controls.label} htmlFor={`${id}-locale`}>
          {t('learning.field_locale')}
        </label>
        <Select boxed id={`${id}-locale`} value={locale} onChange={({ target }) => setLocale(target.value as Locale)}>
          <option value="en">{t('learning.language_en')}</option>
          <option value="el">{t('learning.language_el')}</option>
        </Select>
      </div>
      <details className={styles.more}>
        <summary>{t('learning.more')}</summary>
        <Besides {...{ history, setHistory, at, setAt }} />
      </details>
      <div>
        <label className={styles.check}>
          <input type="checkbox" checked={askModel} onChange={({ target }) => setAskModel(target.checked)} />
          {t('learning.ask_model')}
        </label>
        <p className={controls.hint}>{t('learning.ask_model_hint')}</p>
      </div>
      <p className={styles.ways}>
        <button type="submit" className={cx(controls.main, controls.large)} disabled={isBusy}>
          {t(isBusy ? 'learning.trying' : 'learning.try')}
        </button>
      </p>
    </form>
  )
}

type BesidesProps = { history: string; setHistory(text: string): void; at: string; setAt(at: string): void }

function Besides({ history, setHistory, at, setAt }: BesidesProps) {
  const t = useLearningT()
  const id = useId()
  return (
    <>
      <div>
        <label className={controls.label} htmlFor={`${id}-history`}>
          {t('learning.field_history')}
        </label>
        <textarea
          id={`${id}-history`}
          className={controls.field}
          rows={4}
          aria-describedby={`${id}-history-hint`}
          value={history}
          onChange={({ target }) => setHistory(target.value)}
        />
        <p className={controls.hint} id={`${id}-history-hint`}>
          {t('learning.field_history_hint')}
        </p>
      </div>
      <div>
        <label className={controls.label} htmlFor={`${id}-now`}>
          {t('learning.field_now')}
        </label>
        <input
          id={`${id}-now`}
          className={controls.field}
          type="datetime-local"
          aria-describedby={`${id}-now-hint`}
          value={at}
          onChange={({ target }) => setAt(target.value)}
        />
        <p className={controls.hint} id={`${id}-now-hint`}>
          {t('learning.field_now_hint')}
        </p>
      </div>
    </>
  )
}

/** As the bubble would show it; its buttons lead nowhere here. */
function Reply({ answer }: { answer: Playground }) {
  const t = useLearningT()
  const { language } = answer.trace
  return (
    <RailRow as="section" className={sheet.part}>
      <h2>{t('learning.reply')}</h2>
      {answer.sayings.length === 0 && <p className={text.muted}>{t('learning.reply_none')}</p>}
      {answer.sayings.map((saying, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: said once, in this order
        <div key={place} className={styles.saying} lang={language}>
          <p className={cx(text.read, styles.words)}>{saying.body}</p>
          {saying.steps.length > 0 && (
            <ol className={cx(text.read, styles.steps)}>
              {saying.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          )}
          {saying.source !== null && (
            <p className={text.small}>
              <a href={`/${saying.source.locale}/articles/${saying.source.slug}`} target="_blank" rel="noreferrer">
                {saying.source.title}
              </a>
            </p>
          )}
          {saying.replies.length > 0 && (
            <ul className={styles.replies}>
              {saying.replies.map((reply) => (
                <li key={reply}>{reply}</li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </RailRow>
  )
}
