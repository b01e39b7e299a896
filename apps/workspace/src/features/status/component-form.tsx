import type { SaveComponent, StatusComponent } from '@clew/contract/status'
import { type FormEvent, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { statusApi, useChange } from './api.ts'
import { Choice } from './choice.tsx'
import { type ComponentDraft, draftOf, inputOf } from './component-draft.ts'
import { FormEnd } from './form-end.tsx'
import styles from './status.module.css'
import { isWritten, textIn } from './status-model.ts'
import { TextPair } from './text-pair.tsx'
import { useFirstField } from './use-opener.ts'
import { useStatusT } from './words.ts'

type ComponentFormProps = {
  /** The one to edit; without it a new one is made. */
  component?: StatusComponent
  components: readonly StatusComponent[]
  onDone(): void
}

/** What a component is called, where it stands, and by which words a symptom names it. */
export function ComponentForm({ component, components, onDone }: ComponentFormProps) {
  const t = useStatusT()
  const [draft, setDraft] = useState(() => draftOf(component, components))
  const [isTried, setIsTried] = useState(false)
  const save = useChange(
    (input: SaveComponent) =>
      component === undefined ? statusApi.addComponent(input) : statusApi.editComponent(component.id, input),
    onDone,
  )
  const set: SetDraft = (part) => setDraft((before) => ({ ...before, ...part }))
  const form = useFirstField()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (!save.isPending && isWritten(draft.names)) save.mutate(inputOf(draft, components))
  }
  const isMissing = isTried && !isWritten(draft.names)
  const label =
    component === undefined
      ? t('status.add_component')
      : t('status.edit_component', { name: textIn(component.names, t.locale) })
  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit} noValidate aria-label={label}>
      <TextPair
        field={t('status.field_name')}
        value={draft.names}
        onChange={(names) => set({ names })}
        maxLength={80}
        isMissing={isMissing}
      />
      <TextPair
        field={t('status.field_description')}
        value={draft.descriptions}
        onChange={(descriptions) => set({ descriptions })}
        maxLength={300}
      />
      <Place draft={draft} set={set} groups={components.filter(({ isGroup, id }) => isGroup && id !== component?.id)} />
      <TextField
        label={t('status.field_keywords')}
        hint={t('status.field_keywords_hint')}
        value={draft.keywords}
        onChange={(keywords) => set({ keywords })}
      />
      <TextField label={t('status.field_hosts')} value={draft.hosts} onChange={(hosts) => set({ hosts })} />
      <FormEnd
        send={t('status.save')}
        isSending={save.isPending}
        isMissing={isMissing}
        error={save.error}
        onCancel={onDone}
      />
    </form>
  )
}

type PlaceProps = { draft: ComponentDraft; set: SetDraft; groups: readonly StatusComponent[] }

/** Its name for programs, its order, and the group that it belongs to or is. */
function Place({ draft, set, groups }: PlaceProps) {
  const t = useStatusT()
  const nameOf = (id: string): string => {
    const group = groups.find((each) => each.id === id)
    return group === undefined ? t('status.field_no_group') : textIn(group.names, t.locale)
  }
  return (
    <>
      <div className={styles.choices}>
        <TextField
          label={t('status.field_slug')}
          hint={t('status.field_slug_hint')}
          value={draft.slug}
          onChange={(slug) => set({ slug: slug.toLowerCase().replace(/[^a-z0-9_]/g, '_') })}
        />
        <TextField
          label={t('status.field_position')}
          value={draft.position}
          onChange={(position) => set({ position })}
          type="number"
        />
        {!draft.isGroup && groups.length > 0 && (
          <Choice
            label={t('status.field_group')}
            value={draft.groupId}
            options={['', ...groups.map(({ id }): string => id)]}
            nameOf={nameOf}
            onChange={(groupId) => set({ groupId })}
          />
        )}
      </div>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.isGroup}
          onChange={(event) => set({ isGroup: event.target.checked, groupId: '' })}
        />
        {t('status.field_is_group')}
      </label>
    </>
  )
}

type TextFieldProps = {
  label: string
  hint?: string
  value: string
  onChange(value: string): void
  type?: 'text' | 'number'
}

function TextField({ label, hint, value, onChange, type = 'text' }: TextFieldProps) {
  return (
    <label>
      <span className={controls.label}>{label}</span>
      <input
        className={controls.field}
        type={type}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
      />
      {hint !== undefined && <span className={controls.hint}>{hint}</span>}
    </label>
  )
}

type SetDraft = (part: Partial<ComponentDraft>) => void
