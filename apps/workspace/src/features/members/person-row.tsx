import type { ConsoleMember } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { useSession } from '../../app/session.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { membersApi, rolesQuery } from './api.ts'
import styles from './people.module.css'
import { PersonLine } from './people-table.tsx'
import { PersonPanel } from './person-panel.tsx'
import { roleOfValue, roleValue, roleWord, valueOfView, wordOfView } from './role-words.ts'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

type Props = { person: ConsoleMember; isOpen: boolean; onToggle(): void }

/** One person: when they were seen, who they are, what they may do, and where it is changed. */
export function PersonRow({ person, isOpen, onToggle }: Props) {
  const t = useMembersT()
  const { member: me } = useSession()
  return (
    <>
      <PersonLine
        person={person}
        role={<RoleOf person={person} />}
        remark={person.id === me.id ? t('console-members.you') : undefined}
      >
        <OpenPanel person={person} isOpen={isOpen} onToggle={onToggle} />
      </PersonLine>
      {isOpen && (
        <tr className={styles.panelRow}>
          <td />
          <td colSpan={7}>
            <PersonPanel person={person} onGone={onToggle} />
          </td>
        </tr>
      )}
    </>
  )
}

function OpenPanel({ person, isOpen, onToggle }: Props) {
  const t = useMembersT()
  const { permissions } = useSession()
  if (!person.mayChange && !permissions.includes('seats.manage')) return null
  return (
    <button
      type="button"
      className={controls.property}
      aria-expanded={isOpen}
      aria-label={t('console-members.manage', { name: person.name })}
      onClick={onToggle}
    >
      {isOpen ? t('console-members.close') : t('console-members.edit')}
    </button>
  )
}

/** The role, changed in its place; what was can be had back for a moment. */
function RoleOf({ person }: { person: ConsoleMember }) {
  const t = useMembersT()
  const { data } = useQuery(rolesQuery)
  const current = roleValue(person.role, person.customRoleId)
  const nameOf = (value: string): string => {
    const view = data?.roles.find((role) => valueOfView(role) === value)
    return view ? wordOfView(t, view) : roleWord(t, person.role, person.roleName)
  }
  const change = useChange((value: string) => membersApi.change(person.id, { role: roleOfValue(value) }))
  const give = (value: string) =>
    change.mutate(value, {
      onSuccess: () =>
        showToast({
          text: t('console-members.role_changed', { name: person.name, role: nameOf(value) }),
          action: { label: t('console-members.undo'), run: () => change.mutate(current) },
        }),
    })
  if (!person.mayChange || person.deactivated !== null) return <span>{nameOf(current)}</span>
  return (
    <Select
      acts
      className={styles.role}
      aria-label={t('console-members.role_of', { name: person.name })}
      value={change.isPending ? change.variables : current}
      onChange={(event) => give(event.target.value)}
    >
      {(data?.roles ?? [])
        .filter((role) => role.mayGive || valueOfView(role) === current)
        .map((role) => (
          <option key={valueOfView(role)} value={valueOfView(role)}>
            {wordOfView(t, role)}
          </option>
        ))}
      {data === undefined && <option value={current}>{nameOf(current)}</option>}
    </Select>
  )
}
