import type { SsoGroupRule } from '@clew/contract/single-sign-on'
import { useQuery } from '@tanstack/react-query'
import { Select } from '../../app/ui/select.tsx'
import { givenQuery } from './api.ts'
import { useSsoT } from './words.ts'

type Given = Pick<SsoGroupRule, 'role' | 'customRoleId'>

/** A role as the value of a choice: its own name, or the id of one that the organisation made. */
export const roleValue = ({
  role,
  customRoleId,
}: {
  role?: string | undefined
  customRoleId?: string | undefined
}): string => customRoleId ?? role ?? ''

const builtIn = ['owner', 'admin', 'billing', 'member', 'auditor', 'agent'] as const
const isBuiltIn = (value: string): value is (typeof builtIn)[number] => builtIn.some((each) => each === value)

export const valueRole = (value: string): Given => {
  if (value === '') return {}
  return isBuiltIn(value) ? { role: value } : { customRoleId: value }
}

type Props = { value: string; onChange(value: string): void; none?: string; label?: string }

/** The roles that whoever asks may give. */
export function RoleSelect({ value, onChange, none, label }: Props) {
  const t = useSsoT()
  const { data } = useQuery(givenQuery)
  const roles = data?.roles.filter(({ mayGive }) => mayGive) ?? []
  return (
    <Select boxed value={value} aria-label={label} onChange={({ target }) => onChange(target.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {roles.map((role) => {
        const key = role.id ?? role.builtIn ?? ''
        return (
          <option key={key} value={key}>
            {role.builtIn === null ? role.name : t(`console-sso.role_${role.builtIn}`)}
          </option>
        )
      })}
      {value !== '' && !roles.some((role) => (role.id ?? role.builtIn) === value) && (
        <option value={value}>{isBuiltIn(value) ? t(`console-sso.role_${value}`) : value}</option>
      )}
    </Select>
  )
}
