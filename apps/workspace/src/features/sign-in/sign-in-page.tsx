import { useQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Entrance, Field, Problem } from './entrance.tsx'
import { fieldOf, useEntrance } from './use-entrance.ts'

export function SignInPage({ expired, onDone }: { expired: boolean; onDone(): void }) {
  const t = useT()
  const setup = useQuery({ queryKey: ['setup'], queryFn: api.setupState, retry: false })
  const { onSubmit, busy, error } = useEntrance(
    (form) => api.signIn({ email: fieldOf(form, 'email').trim(), password: fieldOf(form, 'password') }),
    onDone,
  )
  const lead = expired ? t('workspace.sign_in_expired') : t('workspace.sign_in_lead')
  return (
    <Entrance title={t('workspace.sign_in')} lead={setup.data?.needed ? t('workspace.sign_in_setup_needed') : lead}>
      <form onSubmit={onSubmit}>
        <Field label={t('workspace.email')} type="email" name="email" autoComplete="username" maxLength={254} />
        <Field
          label={t('workspace.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          maxLength={200}
        />
        {error !== null && <Problem>{errorText(t, error)}</Problem>}
        <button type="submit" className={cx(controls.main, controls.large)} disabled={busy}>
          {t('workspace.sign_in')}
        </button>
      </form>
    </Entrance>
  )
}
