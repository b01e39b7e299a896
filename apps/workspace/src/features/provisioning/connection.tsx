import type { OfferedRole, ProvisioningConnection } from '@clew/contract/provisioning'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { connectionsQuery, provisioningApi } from './api.ts'
import { Guide } from './guide.tsx'
import { Log } from './log.tsx'
import styles from './provisioning.module.css'
import { Roles } from './roles.tsx'
import { Tokens } from './tokens.tsx'
import { useProvisioningT } from './words.ts'

type Props = { connection: ProvisioningConnection; roles: readonly OfferedRole[]; canManage: boolean }

/** All of one connection: how to set it up, its tokens, the roles it gives, what it has done. */
export function Connection({ connection, roles, canManage }: Props) {
  return (
    <>
      <Guide connection={connection} />
      <Tokens connection={connection} canManage={canManage} />
      {canManage && <Roles connection={connection} offered={roles} />}
      <Log connection={connection} canManage={canManage} />
      {canManage && <Removal connection={connection} />}
    </>
  )
}

function Removal({ connection: { id, name, counts } }: { connection: ProvisioningConnection }) {
  const t = useProvisioningT()
  const words = useT()
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => provisioningApi.remove(id),
    onSuccess: () => queryClient.invalidateQueries(connectionsQuery),
  })
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-provisioning.remove')}>
      {!isAsking && (
        <button type="button" className={controls.button} onClick={() => setAsking(true)}>
          {t('console-provisioning.remove')}
        </button>
      )}
      {isAsking && (
        <div className={styles.locked}>
          <p role="status">{t('console-provisioning.remove_what', { count: counts.users, groups: counts.groups })}</p>
          <div className={styles.ways}>
            <button type="button" className={styles.danger} disabled={remove.isPending} onClick={() => remove.mutate()}>
              {t('console-provisioning.remove_do', { name })}
            </button>
            <button type="button" className={controls.button} onClick={() => setAsking(false)}>
              {t('console-provisioning.keep')}
            </button>
          </div>
          {remove.error !== null && (
            <Status shape="major" tone="major">
              {errorText(words, remove.error)}
            </Status>
          )}
        </div>
      )}
    </RailRow>
  )
}
