import type { AuditStream, AuditStreamTest } from '@clew/contract/audit-streams'
import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import styles from './streams.module.css'
import { streamsApi } from './streams-api.ts'
import { useAuditT } from './words.ts'

type StreamActionsProps = {
  stream: AuditStream
  test: UseMutationResult<AuditStreamTest, Error, void>
  onChange(): void
  onSecret(secret: string | undefined): void
  onDone(): Promise<void>
}

export function StreamActions({ stream, test, onChange, onSecret, onDone }: StreamActionsProps) {
  const t = useAuditT()
  const shell = useT()
  const [isRemoving, setRemoving] = useState(false)
  const { id, name, target, version, state } = stream
  const change = useMutation({
    mutationFn: (to: { state: 'active' | 'off'; newSecret?: boolean }) =>
      streamsApi.change(id, { version, name, target, ...to }),
    onSuccess: ({ secret }) => onSecret(secret),
    onSettled: onDone,
  })
  const remove = useMutation({ mutationFn: () => streamsApi.remove(id), onSettled: onDone })
  const isBusy = change.isPending || remove.isPending
  const error = change.error ?? remove.error
  return (
    <>
      <div className={styles.ways}>
        <button type="button" className={controls.button} disabled={test.isPending} onClick={() => test.mutate()}>
          {t(test.isPending ? 'console-audit.testing' : 'console-audit.test')}
        </button>
        <button type="button" className={controls.button} onClick={onChange}>
          {t('console-audit.change')}
        </button>
        <Switch state={state} isBusy={isBusy} onSwitch={(to) => change.mutate({ state: to })} />
        {target.kind === 'https' && (
          <button
            type="button"
            className={controls.button}
            disabled={isBusy}
            onClick={() => change.mutate({ state: state === 'off' ? 'off' : 'active', newSecret: true })}
          >
            {t('console-audit.new_secret')}
          </button>
        )}
        <button type="button" className={controls.plain} onClick={() => setRemoving(true)}>
          {t('console-audit.remove')}
        </button>
      </div>
      {isRemoving && (
        <div className={styles.ways} role="status">
          <span>{t('console-audit.remove_sure')}</span>
          <button type="button" className={controls.main} disabled={isBusy} onClick={() => remove.mutate()}>
            {t('console-audit.remove')}
          </button>
          <button type="button" className={controls.button} onClick={() => setRemoving(false)}>
            {t('console-audit.cancel')}
          </button>
        </div>
      )}
      {error !== null && <p role="alert">{errorText(shell, error)}</p>}
    </>
  )
}

type SwitchProps = { state: AuditStream['state']; isBusy: boolean; onSwitch(to: 'active' | 'off'): void }

function Switch({ state, isBusy, onSwitch }: SwitchProps) {
  const t = useAuditT()
  const words = { active: 'switch_off', paused: 'resume', off: 'switch_on' } as const
  return (
    <button
      type="button"
      className={controls.button}
      disabled={isBusy}
      onClick={() => onSwitch(state === 'active' ? 'off' : 'active')}
    >
      {t(`console-audit.${words[state]}`)}
    </button>
  )
}
