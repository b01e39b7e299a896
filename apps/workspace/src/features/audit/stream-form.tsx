import type { AuditStream, CreateAuditStream } from '@clew/contract/audit-streams'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { draftOf, inputOf, kinds, needsSecret, type StreamDraft } from './stream-draft.ts'
import styles from './streams.module.css'
import { useAuditT } from './words.ts'

type StreamFormProps = { stream?: AuditStream; onSave(input: CreateAuditStream): Promise<void>; onCancel(): void }

/** A new stream, or one that is changed. */
export function StreamForm({ stream, onSave, onCancel }: StreamFormProps) {
  const t = useAuditT()
  const shell = useT()
  const [draft, setDraft] = useState(draftOf(stream))
  const save = useMutation({ mutationFn: () => onSave(inputOf(draft)) })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('console-audit.kind')}</span>
        <Select
          boxed
          value={draft.kind}
          onChange={({ target }) =>
            setDraft({ ...draft, kind: kinds.find((kind) => kind === target.value) ?? 'https', secret: '' })
          }
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`console-audit.kind_${kind}`)}
            </option>
          ))}
        </Select>
      </label>
      <Field field="name" draft={draft} onChange={setDraft} maxLength={80} />
      <TargetFields draft={draft} onChange={setDraft} />
      {needsSecret(draft.kind) && (
        <SecretField
          draft={draft}
          onChange={setDraft}
          isKept={stream?.target.kind === draft.kind && stream.hasSecret}
        />
      )}
      {stream === undefined && <Tick field="fromStart" word="from_start" draft={draft} onChange={setDraft} />}
      <div className={styles.ways}>
        <button type="submit" className={controls.main} disabled={save.isPending}>
          {t(stream === undefined ? 'console-audit.add' : 'console-audit.save')}
        </button>
        <button type="button" className={controls.button} onClick={onCancel}>
          {t('console-audit.cancel')}
        </button>
      </div>
      <div role="status" className={styles.sentence}>
        {save.error !== null && (
          <Status shape="major" tone="major">
            {errorText(shell, save.error)}
          </Status>
        )}
      </div>
    </form>
  )
}

type FieldsProps = { draft: StreamDraft; onChange(draft: StreamDraft): void }

function TargetFields({ draft, onChange }: FieldsProps) {
  const given = { draft, onChange }
  switch (draft.kind) {
    case 'https':
      return <Field field="url" {...given} type="url" placeholder="https://siem.example.com/clew" />
    case 'splunk':
      return (
        <>
          <Field field="url" {...given} type="url" placeholder="https://splunk.example.com:8088" />
          <Field field="index" {...given} isOptional />
        </>
      )
    case 'syslog':
      return (
        <>
          <Field field="host" {...given} placeholder="logs.example.com" />
          <Field field="port" {...given} type="number" />
          <Tick field="tls" word="field_tls" {...given} />
        </>
      )
    case 's3':
      return (
        <>
          <Field field="endpoint" {...given} type="url" placeholder="https://s3.example.com" />
          <Field field="bucket" {...given} />
          <Field field="region" {...given} />
          <Field field="prefix" {...given} isOptional />
          <Field field="accessKeyId" {...given} />
        </>
      )
  }
}

type TextField =
  | 'name'
  | 'url'
  | 'host'
  | 'port'
  | 'index'
  | 'endpoint'
  | 'bucket'
  | 'region'
  | 'prefix'
  | 'accessKeyId'

type FieldProps = FieldsProps & {
  field: TextField
  type?: 'text' | 'url' | 'number'
  placeholder?: string
  maxLength?: number
  isOptional?: boolean
}

function Field({
  field,
  draft,
  onChange,
  type = 'text',
  placeholder,
  maxLength = 500,
  isOptional = false,
}: FieldProps) {
  const t = useAuditT()
  const word = field === 'accessKeyId' ? 'access_key' : field
  return (
    <label>
      <span className={controls.label}>{t(`console-audit.field_${word}`)}</span>
      <input
        className={controls.field}
        type={type}
        required={!isOptional}
        autoComplete="off"
        spellCheck={false}
        value={draft[field]}
        {...(type === 'number' ? { min: 1, max: 65_535 } : { maxLength })}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={({ target }) => onChange({ ...draft, [field]: target.value })}
      />
    </label>
  )
}

function SecretField({ draft, onChange, isKept }: FieldsProps & { isKept: boolean }) {
  const t = useAuditT()
  return (
    <label>
      <span className={controls.label}>
        {t(draft.kind === 's3' ? 'console-audit.field_secret_key' : 'console-audit.field_token')}
      </span>
      <input
        className={controls.field}
        type="password"
        required={!isKept}
        autoComplete="new-password"
        maxLength={500}
        value={draft.secret}
        onChange={({ target }) => onChange({ ...draft, secret: target.value })}
      />
      {isKept && <span className={controls.hint}>{t('console-audit.secret_kept')}</span>}
    </label>
  )
}

type TickProps = FieldsProps & { field: 'tls' | 'fromStart'; word: 'field_tls' | 'from_start' }

function Tick({ field, word, draft, onChange }: TickProps) {
  const t = useAuditT()
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={draft[field]}
        onChange={({ target }) => onChange({ ...draft, [field]: target.checked })}
      />{' '}
      {t(`console-audit.${word}`)}
    </label>
  )
}
