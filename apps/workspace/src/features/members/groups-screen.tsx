import type { GroupView } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { groupsQuery, membersApi } from './api.ts'
import { GroupPeople } from './group-people.tsx'
import styles from './members.module.css'
import { NameForm } from './name-form.tsx'
import { Head, Page, Pending, Problem } from './page.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

const maxName = 200

export function Screen() {
  return (
    <Page>
      <Groups />
    </Page>
  )
}

function Groups() {
  const t = useMembersT()
  const { data, error, refetch } = useQuery(groupsQuery)
  const mayChange = useSession().permissions.includes('groups.manage')
  const [made, setMade] = useState(0)
  const create = useChange(membersApi.createGroup, { toast: false, onDone: () => setMade((count) => count + 1) })
  return (
    <>
      <Head
        title={t('console-members.groups_title')}
        margin={data?.groups.length}
        lead={data ? t('console-members.groups_lead', { count: data.groups.length }) : t('console-members.loading')}
      />
      {mayChange && (
        <RailRow
          as="section"
          className={sheet.part}
          margin={t('console-members.margin_new')}
          aria-label={t('console-members.group_new')}
        >
          <h2>{t('console-members.group_new')}</h2>
          <NameForm
            key={made}
            max={maxName}
            action={t('console-members.create')}
            isBusy={create.isPending}
            onName={create.mutate}
          />
          <Problem error={create.error} />
        </RailRow>
      )}
      {data === undefined && <Pending error={error} onRetry={() => void refetch()} />}
      {data && data.groups.length > 0 && (
        <RailRow className={sheet.part}>
          <ul className={styles.lines}>
            {data.groups.map((group) => (
              <GroupLine key={group.id} group={group} mayChange={mayChange && group.connection === null} />
            ))}
          </ul>
        </RailRow>
      )}
    </>
  )
}

type Mode = 'people' | 'rename' | 'delete'

function GroupLine({ group, mayChange }: { group: GroupView; mayChange: boolean }) {
  const t = useMembersT()
  const [mode, setMode] = useState<Mode>()
  const { id, name, members, connection } = group
  const rename = useChange((to: string) => membersApi.renameGroup(id, to), { onDone: () => setMode(undefined) })
  const toggle = (to: Mode) => setMode((now) => (now === to ? undefined : to))
  return (
    <li className={styles.line}>
      <div>
        <button
          type="button"
          className={controls.property}
          aria-expanded={mode === 'people'}
          aria-label={t('console-members.group_open', { name })}
          onClick={() => toggle('people')}
        >
          <b>{name}</b>
        </button>{' '}
        <span className={controls.hint}>{t('console-members.group_members', { count: members })}</span>{' '}
        {connection && (
          <span className={controls.hint}>
            {t('console-members.group_from', {
              connection: connection.name || t('console-members.lead_directory'),
            })}
          </span>
        )}
      </div>
      {mayChange && (
        <p className={styles.buttons}>
          <button type="button" className={controls.plain} onClick={() => toggle('rename')}>
            {t('console-members.rename')}
          </button>
          <button type="button" className={controls.plain} onClick={() => toggle('delete')}>
            {t('console-members.delete')}
          </button>
        </p>
      )}
      {mode === 'people' && <GroupPeople group={group} mayChange={mayChange} />}
      {mode === 'rename' && (
        <NameForm
          initial={name}
          max={maxName}
          action={t('console-members.save')}
          isBusy={rename.isPending}
          onName={rename.mutate}
          onCancel={() => setMode(undefined)}
        />
      )}
      {mode === 'delete' && <DeleteGroup group={group} onCancel={() => setMode(undefined)} />}
    </li>
  )
}

function DeleteGroup({ group: { id, name, members }, onCancel }: { group: GroupView; onCancel(): void }) {
  const t = useMembersT()
  const remove = useChange(() => membersApi.deleteGroup(id))
  return (
    <section>
      <p>{t('console-members.group_delete_effect', { count: members })}</p>
      <p className={styles.buttons}>
        <button type="button" className={controls.button} disabled={remove.isPending} onClick={() => remove.mutate()}>
          {t('console-members.group_delete_now', { name })}
        </button>
        <button type="button" className={controls.plain} onClick={onCancel}>
          {t('console-members.cancel')}
        </button>
      </p>
    </section>
  )
}
