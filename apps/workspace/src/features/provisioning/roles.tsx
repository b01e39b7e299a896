import type { OfferedRole, ProvisionedRole, ProvisioningConnection, RoleRule } from '@clew/contract/provisioning'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
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
export function Roles({
  connection,
  offered,
}: {
  connection: ProvisioningConnection
  offered: readonly OfferedRole[]
}) {
  const t = useProvisioningT()
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
            offered={offered}
            onChange={(part) => change(row.key, part)}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
        <div className={styles.rule}>
          <span className={styles.everyone}>{t('console-provisioning.roles_default')}</span>
          <RoleSelect
            role={otherwise}
            offered={offered}
            label={t('console-provisioning.roles_default_role')}
            onChange={setOtherwise}
          />
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
        <Saved isSaved={save.isSuccess} error={save.error} />
      </form>
    </RailRow>
  )
}

function Saved({ isSaved, error }: { isSaved: boolean; error: Error | null }) {
  const t = useProvisioningT()
  const words = useT()
  return (
    <div role="status" className={styles.said}>
      {isSaved && t('console-provisioning.roles_saved')}
      {error !== null && (
        <Status shape="major" tone="major">
          {errorText(words, error)}
        </Status>
      )}
    </div>
  )
}

type RuleProps = {
  row: Row
  offered: readonly OfferedRole[]
  onChange(part: Partial<RoleRule>): void
  onRemove(): void
}

function RuleRow({ row, offered, onChange, onRemove }: RuleProps) {
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
      <RoleSelect
        role={row.role}
        offered={offered}
        label={t('console-provisioning.roles_role')}
        onChange={(role) => onChange({ role })}
      />
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

type RoleSelectProps = {
  role: ProvisionedRole
  offered: readonly OfferedRole[]
  label: string
  onChange(role: ProvisionedRole): void
}

const valueOf = ({ role, customRoleId }: Pick<OfferedRole, 'role' | 'customRoleId'>): string => customRoleId ?? role

/** What the product knows, and below it what the organisation made itself. One that may not be given stays where it is. */
function RoleSelect({ role, offered, label, onChange }: RoleSelectProps) {
  const t = useProvisioningT()
  const builtIn = offered.filter((each) => each.role !== 'custom')
  const own = offered.filter((each) => each.role === 'custom')
  return (
    <Select
      boxed
      aria-label={label}
      value={valueOf(role)}
      onChange={({ target }) => {
        const chosen = offered.find((each) => valueOf(each) === target.value)
        if (chosen) onChange({ role: chosen.role, customRoleId: chosen.customRoleId })
      }}
    >
      <Choices roles={builtIn} current={role} />
      {own.length > 0 && (
        <optgroup label={t('console-provisioning.roles_own')}>
          <Choices roles={own} current={role} />
        </optgroup>
      )}
    </Select>
  )
}

function Choices({ roles, current }: { roles: readonly OfferedRole[]; current: ProvisionedRole }) {
  const t = useProvisioningT()
  return roles.map((each) => (
    <option key={valueOf(each)} value={valueOf(each)} disabled={!each.mayGive && valueOf(each) !== valueOf(current)}>
      {each.name ?? t(`console-provisioning.role_${each.role}`)}
    </option>
  ))
}
