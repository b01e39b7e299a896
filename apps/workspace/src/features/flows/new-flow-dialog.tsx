import { limits } from '@clew/flows/limits'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { flowQuery, flowsApi, flowsQuery } from './api.ts'
import { Dialog } from './dialog.tsx'
import styles from './panels.module.css'
import { useFlowsT } from './words.ts'

/** A flow is begun with its name; the rest is written in the editor. */
export function NewFlowDialog({ onClose }: { onClose(): void }) {
  const t = useFlowsT()
  const workspace = useT()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [title, setTitle] = useState({ en: '', el: '' })
  const [ownId, setOwnId] = useState<string>()
  const field = useId()
  const id = ownId ?? idFrom(title.en)
  const create = useMutation({
    mutationFn: () => flowsApi.create(begun(id, title)),
    onSuccess: async (detail) => {
      queryClient.setQueryData(flowQuery(detail.id).queryKey, detail)
      void queryClient.invalidateQueries({ queryKey: flowsQuery.queryKey, exact: true })
      await navigate({ to: '/flows/$flowId', params: { flowId: detail.id } })
    },
  })
  const isReady = title.en.trim() !== '' && title.el.trim() !== '' && id !== ''
  const action = { label: t('flows.new_go'), run: () => create.mutate(), isOff: !isReady || create.isPending }
  return (
    <Dialog title={t('flows.new')} action={action} onClose={onClose}>
      {(['en', 'el'] as const).map((locale) => (
        <p key={locale} className={styles.note}>
          <label htmlFor={`${field}-${locale}`}>
            {t('flows.flow_title')} ({t(`flows.in_${locale}`)})
          </label>
          <input
            id={`${field}-${locale}`}
            lang={locale}
            className={controls.field}
            value={title[locale]}
            maxLength={limits.titleLength}
            autoComplete="off"
            onChange={({ target }) => setTitle({ ...title, [locale]: target.value })}
          />
        </p>
      ))}
      <p className={styles.note}>
        <label htmlFor={`${field}-id`}>{t('flows.flow_id')}</label>
        <input
          id={`${field}-id`}
          className={controls.field}
          value={id}
          maxLength={limits.idLength}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setOwnId(target.value)}
        />
        <span className={controls.hint}>{t('flows.flow_id_hint')}</span>
      </p>
      {create.error !== null && <p role="alert">{errorText(workspace, create.error)}</p>}
    </Dialog>
  )
}

/** Small letters, digits and hyphens, beginning with a letter. */
const idFrom = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, limits.idLength)
    .replace(/-+$/, '')

/** The least that makes sense: a person takes over. */
const begun = (id: string, title: { en: string; el: string }) => ({
  id,
  version: 1,
  title,
  phrases: { en: [], el: [] },
  steps: [{ id: 'start', kind: 'end', end: 'handover' }],
})
