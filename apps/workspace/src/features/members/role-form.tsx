import type { RoleList, RoleView } from '@clew/contract/members'
import { type FormEvent, useState } from 'react'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import type { RoleDraft } from './api.ts'
import styles from './members.module.css'
import { Problem } from './page.tsx'
import { permissionWord } from './permission-words.ts'
import { useMembersT } from './words.ts'

type Props = {
  list: RoleList
  role?: RoleView
  /** How many have the role, and will be able to do something else. */
  affected: number | undefined
  error: unknown
  isBusy: boolean
  onSave(draft: RoleDraft): void
}

/** A name and the permissions it stands for. What one may not do oneself cannot be ticked. */
export function RoleForm({ list, role, affected, error, isBusy, onSave }: Props) {
  const t = useMembersT()
  const own = useSession().permissions
  const [name, setName] = useState(role?.name ?? '')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(role?.permissions ?? ['members.read']))
  const tick = (permission: string, isOn: boolean) =>
    setTicked((now) => new Set(isOn ? [...now, permission] : [...now].filter((each) => each !== permission)))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSave({ name: name.trim(), permissions: [...ticked] })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('console-members.name')}</span>
        <input
          className={controls.field}
          required
          maxLength={60}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <fieldset className={styles.permissions}>
        <legend>{t('console-members.role_permits')}</legend>
        {list.permissions.map((permission) => (
          <label key={permission} className={styles.tick}>
            <input
              type="checkbox"
              checked={ticked.has(permission)}
              disabled={!own.includes(permission)}
              onChange={(event) => tick(permission, event.target.checked)}
            />
            <span>{t(permissionWord(permission))}</span>
          </label>
        ))}
      </fieldset>
      {list.permissions.some((each) => !own.includes(each)) && (
        <p className={controls.hint}>{t('console-members.role_beyond')}</p>
      )}
      {affected !== undefined && <p>{t('console-members.role_effect', { count: affected })}</p>}
      <Problem error={error} />
      <p className={styles.buttons}>
        <button type="submit" className={controls.main} disabled={isBusy || name.trim() === '' || ticked.size === 0}>
          {role ? t('console-members.save') : t('console-members.create')}
        </button>
      </p>
    </form>
  )
}
