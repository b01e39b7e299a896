import type { OwnSignIn } from '@clew/contract/sign-in'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { ownSignInQuery } from '../../app/sign-in/api.ts'
import { Trouble } from '../../app/sign-in/fields.tsx'
import { useSignInT } from '../../app/sign-in/words.ts'
import { fullMoment } from '../../app/times.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { ownApi, sessionsQuery } from './api.ts'
import styles from './own-sign-in.module.css'

export function PasswordPart({ own }: { own: OwnSignIn }) {
  const t = useSignInT()
  const words = useT()
  const [isOpen, setOpen] = useState(false)
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-sign-in.password')}>
      <h2>{t('console-sign-in.password')}</h2>
      <p className={controls.hint}>
        {own.password
          ? t('console-sign-in.password_since', { moment: fullMoment(words, own.password.changedAt) })
          : t('console-sign-in.password_none')}
      </p>
      {isOpen ? (
        <Form own={own} onDone={() => setOpen(false)} />
      ) : (
        <div className={styles.form}>
          <button type="button" className={controls.button} onClick={() => setOpen(true)}>
            {own.password ? t('console-sign-in.password_change') : t('console-sign-in.password_set')}
          </button>
        </div>
      )}
    </RailRow>
  )
}

function useChangePassword(onDone: () => void) {
  const t = useSignInT()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ownApi.changePassword,
    onSuccess: ({ ended }) => {
      showToast({ text: t('console-sign-in.password_done', { count: ended }) })
      void queryClient.invalidateQueries(ownSignInQuery)
      void queryClient.invalidateQueries(sessionsQuery)
      onDone()
    },
  })
}

function Form({ own, onDone }: { own: OwnSignIn; onDone(): void }) {
  const t = useSignInT()
  const words = useT()
  const id = useId()
  const change = useChangePassword(onDone)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const old = String(form.get('old') ?? '')
    change.mutate({ password: String(form.get('password') ?? ''), ...(old === '' ? {} : { old }) })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <input type="hidden" name="email" autoComplete="username" value={own.email} />
      {own.password && (
        <div>
          <label htmlFor={id} className={controls.label}>
            {t('console-sign-in.password_old')}
          </label>
          <input
            id={id}
            name="old"
            type="password"
            className={controls.field}
            required
            maxLength={200}
            autoComplete="current-password"
          />
        </div>
      )}
      <NewPassword shortest={own.shortestPassword} />
      {change.error !== null && <Trouble>{errorText(words, change.error)}</Trouble>}
      <div className={styles.row}>
        <button type="submit" className={controls.main} disabled={change.isPending}>
          {t('console-sign-in.new_password_save')}
        </button>
        <button type="button" className={controls.button} onClick={onDone}>
          {t('console-sign-in.cancel')}
        </button>
      </div>
    </form>
  )
}

function NewPassword({ shortest }: { shortest: number }) {
  const t = useSignInT()
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className={controls.label}>
        {t('console-sign-in.password_new')}
      </label>
      <input
        id={id}
        name="password"
        type="password"
        className={controls.field}
        required
        minLength={shortest}
        maxLength={200}
        autoComplete="new-password"
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} className={controls.hint}>
        {t('console-sign-in.password_hint', { count: shortest })}
      </p>
    </div>
  )
}
