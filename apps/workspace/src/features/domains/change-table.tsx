import type { DomainMove, DomainMoveAction, DomainMovePreview } from '@clew/contract/domains'
import { useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import styles from './domains.module.css'
import { useDomainsT } from './words.ts'

type Props = { rows: readonly DomainMovePreview[]; onEdit(move: DomainMove): void }

const shownAtOnce = 100
const actions: readonly DomainMoveAction[] = ['move', 'invite', 'leave']

/** Each member with the old and the new address, and what happens to them. */
export function ChangeTable({ rows, onEdit }: Props) {
  const t = useDomainsT()
  const [most, setMost] = useState(shownAtOnce)
  if (rows.length === 0) return null
  return (
    <>
      <table className={styles.moves}>
        <thead>
          <tr>
            <th scope="col">{t('console-domains.column_member')}</th>
            <th scope="col">{t('console-domains.column_before')}</th>
            <th scope="col">{t('console-domains.column_after')}</th>
            <th scope="col">{t('console-domains.column_action')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row) => (
            <MoveRow key={row.memberId} row={row} onEdit={onEdit} />
          ))}
        </tbody>
      </table>
      {rows.length > most && (
        <button type="button" className={controls.link} onClick={() => setMost(most + shownAtOnce)}>
          {t('console-domains.more_rows', { count: rows.length - most })}
        </button>
      )}
    </>
  )
}

function MoveRow({ row, onEdit }: { row: DomainMovePreview; onEdit: Props['onEdit'] }) {
  const t = useDomainsT()
  const [email, setEmail] = useState(row.after)
  const { memberId, name, before, action, basis } = row
  const isFixed = basis === 'managed'
  const choose = (wanted: string) =>
    onEdit({ memberId, action: actions.find((each) => each === wanted) ?? action, email: email.trim() || row.after })
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={styles.mono}>{before}</td>
      <td>
        {isFixed || action === 'leave' ? (
          <span className={styles.muted}>{t(isFixed ? 'console-domains.basis_managed' : 'console-domains.stays')}</span>
        ) : (
          <NewAddress row={row} email={email} onType={setEmail} onEdit={onEdit} />
        )}
      </td>
      <td>
        <Select
          boxed
          value={action}
          disabled={isFixed}
          aria-label={t('console-domains.action_of', { name })}
          onChange={({ target }) => choose(target.value)}
        >
          {actions.map((each) => (
            <option key={each} value={each}>
              {t(`console-domains.action_${each}`)}
            </option>
          ))}
        </Select>
      </td>
    </tr>
  )
}

type NewAddressProps = { row: DomainMovePreview; email: string; onType(email: string): void; onEdit: Props['onEdit'] }

/** The address to move to, and why it is this one or why it cannot be. */
function NewAddress({ row, email, onType, onEdit }: NewAddressProps) {
  const t = useDomainsT()
  const { memberId, name, action, basis, problem } = row
  const settle = () => email.trim().toLowerCase() !== row.after && onEdit({ memberId, action, email: email.trim() })
  return (
    <>
      <input
        className={controls.field}
        type="email"
        value={email}
        aria-label={t('console-domains.new_address_of', { name })}
        aria-invalid={problem !== undefined}
        aria-describedby={`why-${memberId}`}
        onChange={({ target }) => onType(target.value)}
        onBlur={settle}
        onKeyDown={({ key }) => key === 'Enter' && settle()}
      />
      <span id={`why-${memberId}`} className={styles.why}>
        {problem === undefined ? (
          t(`console-domains.basis_${basis}`)
        ) : (
          <Status shape="partial" tone="partial">
            {t(`console-domains.problem_${problem}`, { name: row.takenBy ?? '' })}
          </Status>
        )}
      </span>
    </>
  )
}
