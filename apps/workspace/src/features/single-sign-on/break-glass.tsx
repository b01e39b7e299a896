import type { SsoBreakGlass, SsoRequirement } from '@clew/contract/single-sign-on'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { overviewQuery, ssoApi } from './api.ts'
import styles from './sso.module.css'
import { type SsoT, useSsoT } from './words.ts'

/** Owners who get in with a password when the identity provider does not answer. */
export function BreakGlass({ requirement, canManage }: { requirement: SsoRequirement; canManage: boolean }) {
  const t = useSsoT()
  const words = useT()
  const queryClient = useQueryClient()
  const { breakGlass, owners } = requirement
  const free = owners.filter((owner) => !breakGlass.some(({ memberId }) => memberId === owner.memberId))
  const [chosen, setChosen] = useState('')
  const onSuccess = (overview: Awaited<ReturnType<typeof ssoApi.relax>>) => {
    setChosen('')
    queryClient.setQueryData(overviewQuery.queryKey, overview)
  }
  const add = useMutation({ mutationFn: (id: string) => ssoApi.addBreakGlass(id), onSuccess })
  const remove = useMutation({ mutationFn: (id: string) => ssoApi.removeBreakGlass(id), onSuccess })
  const error = add.error ?? remove.error
  const picked = chosen === '' ? free[0]?.memberId : chosen
  return (
    <section aria-label={t('console-sso.break_glass')} className={styles.glass}>
      <h3>{t('console-sso.break_glass')}</h3>
      <p className={styles.sentence}>{t('console-sso.break_glass_why')}</p>
      <Chosen people={breakGlass} onRemove={canManage ? (id) => remove.mutate(id) : undefined} />
      {canManage && free.length > 0 && (
        <div className={styles.confirm}>
          <label>
            <span className={controls.label}>{t('console-sso.break_glass_choose')}</span>
            <Select boxed value={picked ?? ''} onChange={({ target }) => setChosen(target.value)}>
              {free.map(({ memberId, name, email }) => (
                <option key={memberId} value={memberId}>
                  {name} ({email})
                </option>
              ))}
            </Select>
          </label>
          <button
            type="button"
            className={controls.button}
            disabled={add.isPending || picked === undefined}
            onClick={() => picked !== undefined && add.mutate(picked)}
          >
            {t('console-sso.break_glass_add')}
          </button>
        </div>
      )}
      <div role="status" className={styles.said}>
        {error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, error)}
          </Status>
        )}
      </div>
    </section>
  )
}

type ChosenProps = { people: readonly SsoBreakGlass[]; onRemove: ((memberId: string) => void) | undefined }

function Chosen({ people, onRemove }: ChosenProps) {
  const t = useSsoT()
  return people.map((person) => (
    <div key={person.memberId} className={styles.ways}>
      <b>{person.name}</b>
      <span className={styles.sentence}>{standing(t, person)}</span>
      {onRemove && (
        <button type="button" className={controls.plain} onClick={() => onRemove(person.memberId)}>
          {t('console-sso.break_glass_remove')}
        </button>
      )}
    </div>
  ))
}

function standing(t: SsoT, { hasPassword, hasSecondFactor, hasRecoveryCodes }: SsoBreakGlass): string {
  const missing = [
    ...(hasPassword ? [] : (['password'] as const)),
    ...(hasSecondFactor ? [] : (['second_factor'] as const)),
    ...(hasRecoveryCodes ? [] : (['recovery_codes'] as const)),
  ]
  return missing.length === 0
    ? t('console-sso.break_glass_ready')
    : t('console-sso.break_glass_missing', { what: missing.map((each) => t(`console-sso.missing_${each}`)).join(', ') })
}
