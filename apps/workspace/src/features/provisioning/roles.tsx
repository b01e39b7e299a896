import type { ProvisionedRole, ProvisioningConnection, RoleRule } from '@clew/contract/provisioning'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { connectionsQuery, provisioningApi } from './api.ts'
import styles from './provisioning.module.css'
import { useProvisioningT } from './words.ts'

/** A rule in the form, with a key that stays while others come and go. */
type Row = RoleRule & { key: number }

let keys = 0
const rowOf = (rule: RoleRule): Row => ({ ...rule, key: ++keys })

function useSave({ id, version, name, kind }: ProvisioningConnection) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ rows, otherwise }: { rows: readonly Row[]; otherwise: ProvisionedRole }) =>
      provisioningApi.save(id, {
        version,
        name,
        kind,
        defaultRole: otherwise,
        rules: rows.map(({ groupName, role }) => ({ groupName: groupName.trim(), role })),
      }),
    onSettled: () => queryClient.invalidateQueries(connectionsQuery),
  })
}

/** Which roles follow from which groups. */
export function Roles({ connection }: { connection: ProvisioningConnection }) {
  const t = useProvisioningT()
  const words = useT()
  const [rows, setRows] = useState<readonly Row[]>(() => connection.rules.map(rowOf))
  const [otherwise, setOtherwise] = useState(connection.defaultRole)
  const save = useSave(connection)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ rows, otherwise })
  }
  const change = (key: number, part: Partial<RoleRule>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-provisioning.roles')}>
      <h2>{t('console-provisioning.roles')}</h2>
      <p className={controls.hint}>{t('console-provisioning.roles_what')}</p>
      <form className={styles.roles} onSubmit={onSubmit}>
        {rows.map((row) => (
          <RuleRow
            key={row.key}
            row={row}
            onChange={(part) => change(row.key, part)}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
        <div className={styles.rule}>
          <span className={styles.everyone}>{t('console-provisioning.roles_default')}</span>
          <RoleSelect role={otherwise} onChange={setOtherwise} />
        </div>
        <div className={styles.ways}>
          <button type="submit" className={controls.main} disabled={save.isPending}>
            {t(save.isPending ? 'console-provisioning.saving' : 'console-provisioning.roles_save')}
          </button>
          <button
            type="button"
            className={controls.button}
            onClick={() => setRows([...rows, rowOf({ groupName: '', role: { role: 'member', customRoleId: null } })])}
          >
            {t('console-provisioning.roles_add')}
          </button>
        </div>
        <div role="status" className={styles.said}>
          {save.isSuccess && t('console-provisioning.roles_saved')}
          {save.error !== null && (
            <Status shape="major" tone="major">
              {errorText(words, save.error)}
            </Status>
          )}
        </div>
      </form>
    </RailRow>
  )
}

type RuleProps = { row: Row; onChange(part: Partial<RoleRule>): void; onRemove(): void }

function RuleRow({ row, onChange, onRemove }: RuleProps) {
  const t = useProvisioningT()
  return (
    <div className={styles.rule}>
      <input
        className={controls.field}
        required
        maxLength={200}
        autoComplete="off"
        aria-label={t('console-provisioning.roles_group')}
        placeholder={t('console-provisioning.roles_group')}
        value={row.groupName}
        onChange={({ target }) => onChange({ groupName: target.value })}
      />
      <RoleSelect role={row.role} onChange={(role) => onChange({ role })} />
      <button
        type="button"
        className={controls.plain}
        aria-label={t('console-provisioning.roles_remove', { group: row.groupName })}
        onClick={onRemove}
      >
        ×
      </button>
    </div>
  )
}

const customerRoles = ['member', 'admin', 'billing', 'auditor'] as const
const teamRoles = ['agent', 'member', 'admin', 'billing', 'auditor'] as const

/** A role that the organisation made itself stays, and is chosen where roles are made. */
function RoleSelect({ role, onChange }: { role: ProvisionedRole; onChange(role: ProvisionedRole): void }) {
  const t = useProvisioningT()
  const { organisation } = useSession()
  const offered = organisation.kind === 'support' ? teamRoles : customerRoles
  return (
    <Select
      boxed
      aria-label={t('console-provisioning.roles_role')}
      value={role.role}
      onChange={({ target }) => onChange({ role: target.value as ProvisionedRole['role'], customRoleId: null })}
    >
      {offered.map((each) => (
        <option key={each} value={each}>
          {t(`console-provisioning.role_${each}`)}
        </option>
      ))}
      {role.role === 'custom' && <option value="custom">{t('console-provisioning.role_custom')}</option>}
    </Select>
  )
}
