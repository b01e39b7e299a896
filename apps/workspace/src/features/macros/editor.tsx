import { fillMacro } from '@clew/client/macro-text'
import { macroPlaceholders, maxMacroBody, maxMacroName, maxMacroTags } from '@clew/contract/macro-placeholders'
import type { Macro } from '@clew/contract/macros'
import type { Locale } from '@clew/contract/primitives'
import { type FormEvent, type KeyboardEvent, type ReactNode, useId } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { LeaveGuard } from '../../app/ui/leave-guard.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { type DraftProblem, problemOf } from './draft.ts'
import { FilledText } from './filled-text.tsx'
import styles from './screen.module.css'
import { type Editing, useDelete, useEditing } from './use-editing.ts'
import { type MacrosT, useMacrosT } from './words.ts'

type EditorProps = { macro: Macro | undefined; mayEdit: boolean; onSaved(macro: Macro): void; onGone(): void }

/** One macro: its name, its text in both languages side by side with what comes of it, and what comes with it. */
export function MacroEditor({ macro, mayEdit, onSaved, onGone }: EditorProps) {
  const t = useMacrosT()
  const editing = useEditing(macro, onSaved)
  const problem = problemOf(editing.value)
  const canSave = editing.isDirty && !editing.isSaving && !editing.isConflict && problem === undefined
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    if (canSave) editing.save()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && ['s', 'Enter'].includes(event.key)) submit(event)
  }
  const { value, set } = editing
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      noValidate
      aria-label={macro?.name ?? t('macros.new')}
    >
      <fieldset className={styles.fields} disabled={!mayEdit}>
        <Field label={t('macros.name')} hint={t('macros.name_hint')}>
          {(ids) => (
            <input
              {...ids}
              className={controls.field}
              maxLength={maxMacroName}
              autoComplete="off"
              value={value.name}
              onChange={({ target }) => set({ name: target.value })}
            />
          )}
        </Field>
        <div className={styles.pair}>
          <Body locale="en" value={value.en} onChange={(en) => set({ en })} />
          <Body locale="el" value={value.el} onChange={(el) => set({ el })} />
        </div>
        <Placeholders />
        <ComesWith value={value} set={set} />
      </fieldset>
      {mayEdit && <SaveBar editing={editing} problem={problem} canSave={canSave} macro={macro} onGone={onGone} />}
      <LeaveGuard isDirty={editing.isDirty} words={leaveWords(t)} />
    </form>
  )
}

/** What comes with the reply when it is sent. */
function ComesWith({ value, set }: Pick<Editing, 'value' | 'set'>) {
  const t = useMacrosT()
  return (
    <>
      <Field label={t('macros.tags')} hint={t('macros.tags_hint', { most: maxMacroTags })}>
        {(ids) => (
          <input
            {...ids}
            className={controls.field}
            autoComplete="off"
            maxLength={500}
            value={value.tags}
            onChange={({ target }) => set({ tags: target.value })}
          />
        )}
      </Field>
      <div>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={value.resolves}
            onChange={({ target }) => set({ resolves: target.checked })}
          />
          {t('macros.resolves_field')}
        </label>
        <p className={controls.hint}>{t('macros.resolves_hint')}</p>
      </div>
    </>
  )
}

type FieldProps = {
  label: string
  hint: string
  children(ids: { id: string; 'aria-describedby': string }): ReactNode
}

function Field({ label, hint, children }: FieldProps) {
  const id = useId()
  return (
    <div>
      <label className={controls.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-about` })}
      <p className={controls.hint} id={`${id}-about`}>
        {hint}
      </p>
    </div>
  )
}

type BodyProps = { locale: Locale; value: string; onChange(text: string): void }

function Body({ locale, value, onChange }: BodyProps) {
  const t = useMacrosT()
  const { member } = useSession()
  const example = {
    contactName: t('macros.example_name'),
    agentName: member.name,
    conversationNumber: 1042,
    requestIds: ['req_7Kp2'],
  }
  return (
    <div>
      <Field label={t(`macros.body_${locale}`)} hint={t('macros.body_hint')}>
        {(ids) => (
          <textarea
            {...ids}
            className={styles.body}
            lang={locale}
            rows={8}
            maxLength={maxMacroBody}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </Field>
      {value.trim() !== '' && (
        <figure className={styles.example}>
          <figcaption className={controls.hint}>{t('macros.example', { name: example.contactName })}</figcaption>
          <FilledText locale={locale}>{fillMacro(value.trim(), example)}</FilledText>
        </figure>
      )}
    </div>
  )
}

const wordOf = {
  'contact.name': 'contact_name',
  'agent.name': 'agent_name',
  'conversation.number': 'conversation_number',
  'case.request_id': 'case_request_id',
} as const

function Placeholders() {
  const t = useMacrosT()
  return (
    <section aria-label={t('macros.placeholders')}>
      <p className={controls.label}>{t('macros.placeholders')}</p>
      <dl className={styles.placeholders}>
        {macroPlaceholders.map((name) => (
          <div key={name}>
            <dt className={text.mono}>{`{{${name}}}`}</dt>
            <dd>{t(`macros.placeholder_${wordOf[name]}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type SaveBarProps = {
  editing: Editing
  problem: DraftProblem | undefined
  canSave: boolean
  macro: Macro | undefined
  onGone(): void
}

function SaveBar({ editing, problem, canSave, macro, onGone }: SaveBarProps) {
  const t = useMacrosT()
  const workspace = useT()
  const gone = useDelete(onGone)
  const failed = editing.error === null ? undefined : errorText(workspace, editing.error)
  const said = problem === undefined ? failed : problemText(t, problem)
  return (
    <div className={styles.bar} data-dirty={editing.isDirty || undefined}>
      <div role="alert">
        {editing.isDirty && said !== undefined && (
          <Status shape="major" tone="major">
            {said}
          </Status>
        )}
      </div>
      <div className={styles.ways}>
        <button type="submit" className={controls.main} disabled={!canSave}>
          {t('macros.save')}
        </button>
        {editing.isConflict ? <AfterConflict editing={editing} /> : editing.isDirty && <Discard editing={editing} />}
        {!editing.isDirty && macro !== undefined && (
          <button type="button" className={controls.plain} disabled={gone.isPending} onClick={() => gone.mutate(macro)}>
            {t('macros.delete')}
          </button>
        )}
        <span role="status" className={controls.hint}>
          {editing.isDirty && t('macros.unsaved')}
        </span>
      </div>
    </div>
  )
}

function Discard({ editing }: { editing: Editing }) {
  const t = useMacrosT()
  return (
    <button type="button" className={controls.plain} onClick={editing.discard}>
      {t('macros.discard')}
    </button>
  )
}

function AfterConflict({ editing }: { editing: Editing }) {
  const t = useMacrosT()
  return (
    <>
      <button type="button" className={controls.button} onClick={editing.discard}>
        {t('macros.take_theirs')}
      </button>
      <button type="button" className={controls.button} onClick={editing.keepMine}>
        {t('macros.keep_mine')}
      </button>
    </>
  )
}

function problemText(t: MacrosT, problem: DraftProblem): string {
  switch (problem.code) {
    case 'name':
      return t('macros.problem_name')
    case 'body':
      return t('macros.problem_body')
    case 'tags':
      return t('macros.problem_tags', { most: maxMacroTags })
    case 'tag':
      return t('macros.problem_tag', { tag: problem.tag })
    case 'placeholder': {
      const known = macroPlaceholders.map((name) => `{{${name}}}`).join(', ')
      return t('macros.problem_placeholder', { placeholder: problem.placeholder, known })
    }
  }
}

const leaveWords = (t: MacrosT) => ({
  title: t('macros.leave_title'),
  text: t('macros.leave_text'),
  stay: t('macros.leave_stay'),
  go: t('macros.leave_go'),
})
