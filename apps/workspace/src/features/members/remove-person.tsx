import type { ConsoleMember, RemovalPreview } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { showToast } from '../../app/toasts.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { membersApi, removalQuery } from './api.ts'
import styles from './members.module.css'
import { Problem } from './page.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

type Props = { person: ConsoleMember; onDone(): void; onCancel(): void }

/** What happens to everything that somebody holds, before the button that does it. */
export function RemovePerson({ person, onDone, onCancel }: Props) {
  const t = useMembersT()
  const { data, error } = useQuery(removalQuery(person.id))
  const [successor, setSuccessor] = useState('')
  const remove = useChange(() => membersApi.remove(person.id, successor === '' ? undefined : successor), {
    toast: false,
    onDone: () => {
      showToast({ text: t('console-members.removed', { name: person.name }) })
      onDone()
    },
  })
  return (
    <section className={styles.removal} aria-label={t('console-members.remove_now', { name: person.name })}>
      <h3>{t('console-members.remove_effect')}</h3>
      {data ? <Effects preview={data} successor={successor} onSuccessor={setSuccessor} /> : <Bones widths={[40, 30]} />}
      <Problem error={error ?? remove.error} />
      <p className={styles.buttons}>
        <button
          type="button"
          className={controls.main}
          disabled={data === undefined || remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t('console-members.remove_now', { name: person.name })}
        </button>
        <button type="button" className={controls.plain} onClick={onCancel}>
          {t('console-members.cancel')}
        </button>
      </p>
    </section>
  )
}

type EffectsProps = { preview: RemovalPreview; successor: string; onSuccessor(id: string): void }

function Effects({ preview, successor, onSuccessor }: EffectsProps) {
  const t = useMembersT()
  const { sessions, apiKeys, openConversations, groups, aliases, seat, successors } = preview
  return (
    <ul className={styles.effects}>
      <li>{t('console-members.remove_sessions', { count: sessions })}</li>
      <li>{t('console-members.remove_keys', { count: apiKeys })}</li>
      {openConversations > 0 && (
        <li>
          <label>
            {t('console-members.remove_conversations', { count: openConversations })}{' '}
            <Select value={successor} onChange={(event) => onSuccessor(event.target.value)}>
              <option value="">{t('console-members.remove_to_all')}</option>
              {successors.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </label>
        </li>
      )}
      {groups.length > 0 && <li>{t('console-members.remove_groups', { groups: groups.join(', ') })}</li>}
      {aliases.length > 0 && <li>{t('console-members.remove_aliases', { aliases: aliases.join(', ') })}</li>}
      {seat !== null && <li>{t('console-members.remove_seat', { seat })}</li>}
    </ul>
  )
}
