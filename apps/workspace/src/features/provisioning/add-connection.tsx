import type { ProviderKind } from '@clew/contract/provisioning'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { connectionsQuery, provisioningApi } from './api.ts'
import styles from './provisioning.module.css'
import { useProvisioningT } from './words.ts'

const kinds = ['okta', 'entra', 'google', 'other'] as const satisfies readonly ProviderKind[]

/** A name and which provider it is; the rest follows once it is there. */
export function AddConnection({ onAdded }: { onAdded(id: string): void }) {
  const t = useProvisioningT()
  const words = useT()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ProviderKind>('okta')
  const add = useMutation({
    mutationFn: () => provisioningApi.add({ name: name.trim(), kind }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries(connectionsQuery)
      setName('')
      onAdded(id)
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
          <span className={controls.label}>{t('console-provisioning.add_kind')}</span>
          <Select boxed value={kind} onChange={({ target }) => setKind(target.value as ProviderKind)}>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`console-provisioning.kind_${each}`)}
              </option>
            ))}
          </Select>
        </label>
        <label>
          <span className={controls.label}>{t('console-provisioning.add_name')}</span>
          <input
            className={controls.field}
            required
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <button type="submit" className={controls.button} disabled={add.isPending}>
          {t(add.isPending ? 'console-provisioning.adding' : 'console-provisioning.add')}
        </button>
      </form>
      <div role="status" className={styles.said}>
        {add.error === null ? (
          <span className={controls.hint}>{t('console-provisioning.add_hint')}</span>
        ) : (
          <Status shape="major" tone="major">
            {errorText(words, add.error)}
          </Status>
        )}
      </div>
    </RailRow>
  )
}
