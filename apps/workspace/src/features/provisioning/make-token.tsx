import { type MadeScimToken, tokenLifeDays } from '@clew/contract/provisioning'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { provisioningApi } from './api.ts'
import styles from './provisioning.module.css'
import { useProvisioningT } from './words.ts'

const lives = [90, 180, tokenLifeDays.usual, tokenLifeDays.most] as const
const scopes = ['all', 'users', 'groups'] as const
type Scope = (typeof scopes)[number]

export function MakeToken({ connectionId, onMade }: { connectionId: string; onMade(token: MadeScimToken): void }) {
  const t = useProvisioningT()
  const words = useT()
  const [lifeDays, setLife] = useState<number>(tokenLifeDays.usual)
  const [scope, setScope] = useState<Scope>('all')
  const [readOnly, setReadOnly] = useState(false)
  const [as, setAs] = useState('')
  const make = useMutation({
    mutationFn: () =>
      provisioningApi.makeToken(connectionId, {
        lifeDays,
        scope: { users: scope !== 'groups', groups: scope !== 'users', readOnly },
        ...(as.trim() === '' ? {} : { as: as.trim() }),
      }),
    onSuccess: onMade,
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <RailRow className={styles.after}>
      <form className={styles.confirm} onSubmit={onSubmit}>
        <Life days={lifeDays} onChange={setLife} />
        <label>
          <span className={controls.label}>{t('console-provisioning.make_scope')}</span>
          <Select boxed value={scope} onChange={({ target }) => setScope(target.value as Scope)}>
            {scopes.map((each) => (
              <option key={each} value={each}>
                {t(`console-provisioning.scope_${each}`)}
              </option>
            ))}
          </Select>
        </label>
        <StandsFor as={as} onChange={setAs} />
        <label className={styles.tick}>
          <input type="checkbox" checked={readOnly} onChange={({ target }) => setReadOnly(target.checked)} />
          {t('console-provisioning.make_read')}
        </label>
        <button type="submit" className={controls.main} disabled={make.isPending}>
          {t(make.isPending ? 'console-provisioning.making' : 'console-provisioning.make')}
        </button>
      </form>
      <div role="status" className={styles.said}>
        {make.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, make.error)}
          </Status>
        )}
      </div>
    </RailRow>
  )
}

function Life({ days, onChange }: { days: number; onChange(days: number): void }) {
  const t = useProvisioningT()
  return (
    <label>
      <span className={controls.label}>{t('console-provisioning.make_life')}</span>
      <Select boxed value={days} onChange={({ target }) => onChange(Number(target.value))}>
        {lives.map((count) => (
          <option key={count} value={count}>
            {t('console-provisioning.make_days', { count })}
          </option>
        ))}
      </Select>
    </label>
  )
}

/** Most tokens stand for nobody. */
function StandsFor({ as, onChange }: { as: string; onChange(as: string): void }) {
  const t = useProvisioningT()
  return (
    <label>
      <span className={controls.label}>{t('console-provisioning.make_as')}</span>
      <input
        className={controls.field}
        type="email"
        maxLength={254}
        autoComplete="off"
        value={as}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  )
}
