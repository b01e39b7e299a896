import type { SecondFactor } from '@clew/contract/sign-in'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { type Entered, entranceApi } from '../../app/sign-in/api.ts'
import { failureText } from '../../app/sign-in/failure-text.ts'
import { CodeField } from '../../app/sign-in/fields.tsx'
import { hasPasskeys, usePasskey } from '../../app/sign-in/passkeys.ts'
import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './entrance.module.css'
import { Entrance, Field, Problem } from './entrance.tsx'
import { fieldOf } from './use-entrance.ts'

type Props = { factors: readonly SecondFactor[]; onEntered(entered: Entered): void; onBack(): void }

/** The second factor, by one way of those that somebody has. */
export function FactorStep({ factors, onEntered, onBack }: Props) {
  const t = useSignInT()
  const words = useT()
  const usable = factors.filter((factor) => factor !== 'passkey' || hasPasskeys())
  const [chosen, choose] = useState<SecondFactor>()
  const factor = chosen ?? usable[0] ?? 'recovery_code'
  const pass = useMutation({
    mutationFn: async (form: FormData) => {
      if (factor === 'code') return entranceApi.secondFactor({ code: fieldOf(form, 'code') })
      if (factor === 'recovery_code')
        return entranceApi.secondFactor({ recoveryCode: fieldOf(form, 'recovery').trim() })
      return entranceApi.secondFactor({ passkey: await usePasskey(await entranceApi.askSecondPasskey()) })
    },
    onSuccess: onEntered,
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    pass.mutate(new FormData(event.currentTarget))
  }
  const change = (next: SecondFactor) => {
    pass.reset()
    choose(next)
  }
  return (
    <Entrance title={t('console-sign-in.factor_title')} lead={t(`console-sign-in.factor_lead_${factor}`)}>
      <form key={factor} onSubmit={onSubmit}>
        {factor === 'code' && <CodeField label={t('console-sign-in.code')} autoFocus />}
        {factor === 'recovery_code' && (
          <Field
            label={t('console-sign-in.recovery_code')}
            type="text"
            name="recovery"
            autoComplete="off"
            minLength={8}
            maxLength={60}
            autoFocus
          />
        )}
        {pass.error !== null && <Problem>{failureText(words, t, pass.error)}</Problem>}
        <button type="submit" className={cx(controls.main, controls.large)} disabled={pass.isPending}>
          {factor === 'passkey' ? t('console-sign-in.use_passkey') : t('console-sign-in.confirm')}
        </button>
      </form>
      <p className={styles.other}>
        {usable
          .filter((each) => each !== factor)
          .map((each) => (
            <button key={each} type="button" className={controls.link} onClick={() => change(each)}>
              {t(`console-sign-in.use_${each}`)}
            </button>
          ))}
        <button type="button" className={controls.link} onClick={onBack}>
          {t('console-sign-in.back_to_sign_in')}
        </button>
      </p>
      {factor === 'recovery_code' && <p className={controls.hint}>{t('console-sign-in.lost_all')}</p>}
    </Entrance>
  )
}
