import type { AssistantAction } from '@clew/contract/assistant'
import type { NoteWrongAnswer } from '@clew/contract/assistant-learning'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { now } from '../../app/clock.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import text from '../../app/ui/text.module.css'
import { choicesQuery, learningApi } from './api.ts'
import styles from './assistant.module.css'
import { download, draftArticle } from './draft-article.ts'
import { LearningWords, useLearningT } from './words.ts'
import { type WrongAnswer, wrongAnswer } from './wrong-answer-store.ts'

type Action = AssistantAction
const actions: readonly Action[] = ['answer', 'run-flow', 'ask', 'handoff', 'refuse', 'warn-about-secret']

/** Asks what would have been right, and keeps the conversation up to here as a test. */
export function WrongAnswerDialog({ wrong }: { wrong: WrongAnswer }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onClose={() => wrongAnswer.set(undefined)}>
      <LearningWords waiting={null}>
        <Form wrong={wrong} title={title} onDone={() => dialog.current?.close()} />
      </LearningWords>
    </dialog>
  )
}

type FormProps = { wrong: WrongAnswer; title: string; onDone(): void }

function Form({ wrong, title, onDone }: FormProps) {
  const t = useLearningT()
  const workspace = useT()
  const [action, setAction] = useState<Action>('answer')
  const [article, setArticle] = useState('')
  const [flow, setFlow] = useState('')
  const note = useNoting(wrong, onDone)
  const input = {
    messageId: wrong.answer.id,
    action,
    article: action === 'answer' && article !== '' ? article : null,
    flow: action === 'run-flow' && flow !== '' ? flow : null,
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    note.mutate({ input, withDraft: false })
  }
  return (
    <form className={styles.form} onSubmit={save}>
      <h2 id={title}>{t('learning.dialog_title')}</h2>
      <blockquote className={styles.quote} lang={wrong.locale}>
        {wrong.question}
      </blockquote>
      <Field label={t('learning.dialog_action')}>
        {(id) => (
          <Select boxed id={id} value={action} onChange={({ target }) => setAction(target.value as Action)}>
            {actions.map((each) => (
              <option key={each} value={each}>
                {t(`learning.action_${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Choices {...{ wrong, action, article, setArticle, flow, setFlow }} />
      <p className={text.muted}>{t('learning.dialog_effect')}</p>
      {note.error !== null && <p role="alert">{errorText(workspace, note.error)}</p>}
      <p className={styles.ways}>
        <button type="submit" className={controls.main} disabled={note.isPending}>
          {t('learning.dialog_save')}
        </button>
        <button
          type="button"
          className={controls.button}
          disabled={note.isPending}
          onClick={() => note.mutate({ input, withDraft: true })}
        >
          {t('learning.dialog_save_draft')}
        </button>
        <button type="button" className={controls.plain} onClick={onDone}>
          {t('learning.dialog_cancel')}
        </button>
      </p>
    </form>
  )
}

type ChoicesProps = {
  wrong: WrongAnswer
  action: Action
  article: string
  setArticle(slug: string): void
  flow: string
  setFlow(id: string): void
}

/** The article or the flow that would have been right, where the action has one. */
function Choices({ wrong, action, article, setArticle, flow, setFlow }: ChoicesProps) {
  const t = useLearningT()
  const { data } = useQuery(choicesQuery(wrong.locale))
  if (action === 'answer')
    return (
      <Field label={t('learning.dialog_article')}>
        {(id) => (
          <Select boxed id={id} value={article} onChange={({ target }) => setArticle(target.value)}>
            <option value="">{t('learning.dialog_any')}</option>
            {data?.articles.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
    )
  if (action !== 'run-flow') return null
  return (
    <Field label={t('learning.dialog_flow')}>
      {(id) => (
        <Select boxed id={id} required value={flow} onChange={({ target }) => setFlow(target.value)}>
          <option value="" />
          {data?.flows.map((each) => (
            <option key={each.id} value={each.id}>
              {each.title}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

function Field({ label, children }: { label: string; children(id: string): React.ReactNode }) {
  const id = useId()
  return (
    <div>
      <label className={controls.label} htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  )
}

type Noting = { input: NoteWrongAnswer; withDraft: boolean }

function useNoting(wrong: WrongAnswer, onDone: () => void) {
  const t = useLearningT()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ input }: Noting) => learningApi.noteWrong(input),
    onSuccess: (saved, { withDraft }) => {
      void queryClient.invalidateQueries({ queryKey: ['learning', 'regressions'] })
      // From what was saved, in which nobody's name or address is left.
      if (withDraft)
        download(
          draftArticle({
            locale: wrong.locale,
            questions: [saved.message],
            near: saved.article ?? wrong.answer.sources?.[0]?.slug,
            flow: saved.flow ?? undefined,
            lead: t('learning.draft_write'),
            at: new Date(now()),
          }),
        )
      showToast({ text: t('learning.dialog_saved') })
      onDone()
    },
  })
}
