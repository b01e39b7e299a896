import type { RoleList, RoleView } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { membersApi, type RoleDraft, rolesQuery } from './api.ts'
import styles from './members.module.css'
import { Head, Page, Pending } from './page.tsx'
import { permissionWord } from './permission-words.ts'
import { RoleForm } from './role-form.tsx'
import { valueOfView, wordOfView } from './role-words.ts'
import { SeatTypes } from './seat-types.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

export function Screen() {
  return (
    <Page>
      <Roles />
      <SeatTypes />
    </Page>
  )
}

function Roles() {
  const t = useMembersT()
  const { data, error, refetch } = useQuery(rolesQuery)
  const mayChange = useSession().permissions.includes('roles.manage')
  return (
    <>
      <Head
        title={t('console-members.roles_title')}
        margin={data?.roles.length}
        lead={
          data
            ? t('console-members.roles_lead', { custom: data.roles.filter(({ id }) => id !== null).length })
            : t('console-members.loading')
        }
      />
      {data === undefined && <Pending error={error} onRetry={() => void refetch()} />}
      {data && (
        <RailRow as="section" className={sheet.part} aria-label={t('console-members.roles')}>
          <h2>{t('console-members.roles')}</h2>
          <ul className={styles.lines}>
            {data.roles.map((role) => (
              <RoleLine key={valueOfView(role)} role={role} list={data} mayChange={mayChange} />
            ))}
          </ul>
        </RailRow>
      )}
      {data && mayChange && <NewRole list={data} />}
    </>
  )
}

function NewRole({ list }: { list: RoleList }) {
  const t = useMembersT()
  const [made, setMade] = useState(0)
  const create = useChange(membersApi.createRole, { toast: false, onDone: () => setMade((count) => count + 1) })
  return (
    <RailRow
      as="section"
      className={sheet.part}
      margin={t('console-members.margin_new')}
      aria-label={t('console-members.role_new')}
    >
      <h2>{t('console-members.role_new')}</h2>
      <RoleForm
        key={made}
        list={list}
        affected={undefined}
        error={create.error}
        isBusy={create.isPending}
        onSave={create.mutate}
      />
    </RailRow>
  )
}

type LineProps = { role: RoleView; list: RoleList; mayChange: boolean }

function RoleLine({ role, list, mayChange }: LineProps) {
  const t = useMembersT()
  const { id } = role
  const [isOpen, setOpen] = useState(false)
  const save = useChange((draft: RoleDraft) => membersApi.saveRole(id ?? '', draft), {
    toast: false,
    onDone: () => setOpen(false),
  })
  const remove = useChange(() => membersApi.deleteRole(id ?? ''))
  const isOwn = id !== null && mayChange && role.mayGive
  return (
    <li className={styles.line}>
      <div>
        <button
          type="button"
          className={controls.property}
          aria-expanded={isOpen}
          onClick={() => setOpen((now) => !now)}
        >
          <b>{wordOfView(t, role)}</b>
        </button>{' '}
        <span className={controls.hint}>{t('console-members.role_has', { count: role.members })}</span>
        {role.builtIn !== null && <p className={controls.hint}>{t(`console-members.role_means_${role.builtIn}`)}</p>}
      </div>
      {isOwn && (
        <p className={styles.buttons}>
          <button
            type="button"
            className={controls.plain}
            disabled={remove.isPending || role.members + role.invitations > 0}
            onClick={() => remove.mutate()}
          >
            {t('console-members.delete')}
          </button>
        </p>
      )}
      {isOpen &&
        (isOwn ? (
          <RoleForm
            list={list}
            role={role}
            affected={role.members}
            error={save.error}
            isBusy={save.isPending}
            onSave={save.mutate}
          />
        ) : (
          <section aria-label={t('console-members.role_permits')}>
            <ul className={styles.effects}>
              {role.permissions.map((each) => (
                <li key={each}>{t(permissionWord(each))}</li>
              ))}
            </ul>
          </section>
        ))}
    </li>
  )
}
