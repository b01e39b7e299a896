import type { ProvisioningConnection } from '@clew/contract/provisioning'
import { useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { type Health, healthOf } from './health.ts'
import styles from './provisioning.module.css'
import { Rename } from './rename.tsx'
import { useProvisioningT } from './words.ts'

const looks = {
  working: ['ok', 'ok'],
  waiting: ['maintenance', 'quiet'],
  refused: ['partial', 'partial'],
  off: ['major', 'major'],
} as const satisfies Record<Health, readonly [string, string]>

type Props = { connection: ProvisioningConnection; isOpen: boolean; canRename: boolean; onToggle(): void }

/** One connection in a line: how it is doing, whom it looks after, when it was heard of. */
export function ConnectionLine({ connection, isOpen, canRename, onToggle }: Props) {
  const t = useProvisioningT()
  const words = useT()
  const { name, kind, counts, contactedAt } = connection
  const [isRenaming, setRenaming] = useState(false)
  const health = healthOf(connection)
  const [shape, tone] = looks[health]
  return (
    <RailRow
      as="li"
      className={styles.line}
      aria-label={name}
      margin={
        <Status shape={shape} tone={tone}>
          {t(`console-provisioning.state_${health}`)}
        </Status>
      }
    >
      <div className={styles.head}>
        <b>{name}</b>
        <span className={styles.tag}>{t(`console-provisioning.kind_${kind}`)}</span>
        <span className={styles.push}>
          {canRename && isOpen && !isRenaming && (
            <button
              type="button"
              className={controls.plain}
              aria-label={t('console-provisioning.rename_of', { name })}
              onClick={() => setRenaming(true)}
            >
              {t('console-provisioning.rename')}
            </button>
          )}
          <button
            type="button"
            className={controls.button}
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'console-provisioning.close_of' : 'console-provisioning.open_of', { name })}
            onClick={onToggle}
          >
            {t(isOpen ? 'console-provisioning.close' : 'console-provisioning.open')}
          </button>
        </span>
      </div>
      {isRenaming && <Rename connection={connection} onDone={() => setRenaming(false)} />}
      <p className={styles.sentence}>
        {t('console-provisioning.row', {
          users: counts.users,
          active: counts.active,
          groups: counts.groups,
          changes: counts.changesToday,
        })}{' '}
        {contactedAt === undefined
          ? t('console-provisioning.never')
          : t('console-provisioning.contacted', { moment: fullMoment(words, contactedAt) })}
      </p>
    </RailRow>
  )
}
