import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { domainsApi, domainsQuery } from './api.ts'
import styles from './domains.module.css'
import { useDomainsT } from './words.ts'

/** Adds a domain; its record is shown in the list from then on. */
export function AddDomain() {
  const t = useDomainsT()
  const words = useT()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: () => domainsApi.add({ name }),
    onSuccess: ({ shownName }) => {
      setName('')
      showToast({ text: t('console-domains.added', { domain: shownName }) })
      return queryClient.invalidateQueries({ queryKey: domainsQuery.queryKey })
    },
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  return (
    <RailRow className={styles.after}>
      <form className={styles.confirm} onSubmit={onSubmit}>
        <label>
          <span className={controls.label}>{t('console-domains.add_label')}</span>
          <input
            className={controls.field}
            required
            maxLength={300}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="halcyon.example"
            value={name}
            aria-invalid={add.error !== null}
            onChange={({ target }) => {
              setName(target.value)
              add.reset()
            }}
          />
        </label>
        <button type="submit" className={controls.button} disabled={add.isPending || name.trim() === ''}>
          {t('console-domains.add')}
        </button>
      </form>
      <div role="status" className={styles.said}>
        {add.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, add.error)}
          </Status>
        )}
      </div>
    </RailRow>
  )
}
