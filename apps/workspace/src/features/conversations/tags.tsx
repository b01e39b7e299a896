import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { api } from '../../app/api.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { conversationQuery, tagsQuery } from '../../app/queries.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import text from '../../app/ui/text.module.css'
import styles from './tags.module.css'

type TagsProps = { conversationId: string; tags: readonly string[] }

/** The tags of a conversation: each leads to the others that have it, and can be taken off. */
export function Tags({ conversationId, tags }: TagsProps) {
  const t = useT()
  const change = useChange(conversationId)
  const saysOff = (tag: string) =>
    showToast({
      text: t('workspace.toast_tag_off', { tag }),
      about: `${conversationId} ${tag}`,
      action: { label: t('workspace.undo'), run: () => change.mutate(() => api.addTag(conversationId, tag)) },
    })
  return (
    <div className={styles.tags} role="group" aria-label={t('workspace.tags')}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          <Link
            to="."
            search={(before) => ({ ...before, tag })}
            aria-label={t('workspace.tag_show', { tag })}
            title={t('workspace.tag_show', { tag })}
          >
            {tag}
          </Link>
          <button
            type="button"
            disabled={change.isPending}
            onClick={() => change.mutate(() => api.removeTag(conversationId, tag), { onSuccess: () => saysOff(tag) })}
            aria-label={t('workspace.tag_remove', { tag })}
          >
            ×
          </button>
        </span>
      ))}
      <AddTag onAdd={(tag) => change.mutate(() => api.addTag(conversationId, tag))} />
    </div>
  )
}

function useChange(conversationId: string) {
  const t = useT()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (call: () => Promise<{ tags: string[] }>) => call(),
    // Ahead of the event that says the same.
    onSuccess: ({ tags }) =>
      queryClient.setQueryData(conversationQuery(conversationId).queryKey, (state) => state && { ...state, tags }),
    onError: (error) =>
      showToast({ tone: 'problem', text: t('workspace.action_failed', { reason: errorText(t, error) }) }),
  })
}

function AddTag({ onAdd }: { onAdd(tag: string): void }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  if (!isOpen)
    return (
      <button type="button" className={controls.property} onClick={() => setOpen(true)}>
        {t('workspace.tag_add')}
      </button>
    )
  return <NewTag onAdd={onAdd} onClose={() => setOpen(false)} />
}

function NewTag({ onAdd, onClose }: { onAdd(tag: string): void; onClose(): void }) {
  const t = useT()
  const listId = useId()
  const { data } = useQuery(tagsQuery)
  const [written, setWritten] = useState('')
  const add = (event: FormEvent) => {
    event.preventDefault()
    // Two words are one tag.
    const tag = written.trim().replaceAll(/\s+/g, '-')
    if (tag !== '') onAdd(tag)
    onClose()
  }
  return (
    <form className={styles.form} onSubmit={add}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it opens because somebody asked for it.
        autoFocus
        className={controls.field}
        list={listId}
        maxLength={40}
        value={written}
        aria-label={t('workspace.tag_new')}
        onChange={({ target }) => setWritten(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') onClose()
        }}
      />
      <datalist id={listId}>
        {data?.tags.map(({ tag }) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <button type="submit" className={controls.button}>
        {t('workspace.tag_save')}
      </button>
      <button type="button" className={controls.plain} onClick={onClose}>
        {t('workspace.tag_cancel')}
      </button>
    </form>
  )
}

/** In the list, to be read only: the whole line opens the conversation. */
export function TagLine({ tags }: { tags: readonly string[] }) {
  const t = useT()
  if (tags.length === 0) return null
  return (
    <span className={styles.line}>
      <span className={text.hidden}>{t('workspace.tags')}: </span>
      {tags.map((tag) => (
        <span key={tag} className={styles.small}>
          {tag}
        </span>
      ))}
    </span>
  )
}

/** Shows one tag only. The address says which, so that it can be passed on. */
export function TagFilter({ tag }: { tag: string | undefined }) {
  const t = useT()
  const navigate = useNavigate()
  const { data } = useQuery(tagsQuery)
  const known = data?.tags ?? []
  if (known.length === 0 && tag === undefined) return null
  const isListed = tag === undefined || known.some((each) => each.tag === tag)
  const show = (chosen: string) =>
    void navigate({ to: '.', search: (before) => ({ ...before, tag: chosen === '' ? undefined : chosen }) })
  return (
    <label className={styles.filter}>
      <span className={text.hidden}>{t('workspace.tag_filter')}</span>
      <Select value={tag ?? ''} onChange={({ target }) => show(target.value)}>
        <option value="">{t('workspace.tag_all')}</option>
        {!isListed && <option value={tag}>{tag}</option>}
        {known.map((each) => (
          <option key={each.tag} value={each.tag}>
            {t('workspace.tag_with_count', { tag: each.tag, count: each.open })}
          </option>
        ))}
      </Select>
    </label>
  )
}
