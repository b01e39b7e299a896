import type { ProvisioningConnection } from '@clew/contract/provisioning'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { connectionsQuery, provisioningApi } from './api.ts'
import styles from './provisioning.module.css'
import { useProvisioningT } from './words.ts'

/** Another name for a connection; its address, tokens and people stay. */
export function Rename({ connection, onDone }: { connection: ProvisioningConnection; onDone(): void }) {
  const { id, name: before, version } = connection
  const t = useProvisioningT()
  const words = useT()
  const queryClient = useQueryClient()
  const [name, setName] = useState(before)
  const renamed = name.trim()
  const rename = useMutation({
    mutationFn: () => provisioningApi.rename(id, { version, name: renamed }),
    onSuccess: async () => {
      await queryClient.invalidateQueries(connectionsQuery)
      showToast({ text: t('console-provisioning.renamed', { name: renamed }) })
      onDone()
    },
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (renamed === before) onDone()
    else rename.mutate()
  }
  return (
    <form
      className={styles.confirm}
      onSubmit={onSubmit}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onDone()
      }}
    >
      <label>
        <span className={controls.label}>{t('console-provisioning.add_name')}</span>
        <input
          className={controls.field}
          required
          // biome-ignore lint/a11y/noAutofocus: who asked to rename is about to type
          autoFocus
          maxLength={80}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <button type="submit" className={controls.main} disabled={rename.isPending || renamed === ''}>
        {t('console-provisioning.rename_do')}
      </button>
      <button type="button" className={controls.button} onClick={onDone}>
        {t('console-provisioning.keep')}
      </button>
      {rename.error !== null && (
        <p role="status" className={styles.said}>
          <Status shape="major" tone="major">
            {errorText(words, rename.error)}
          </Status>
        </p>
      )}
    </form>
  )
}
