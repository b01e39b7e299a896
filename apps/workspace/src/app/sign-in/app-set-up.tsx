import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useT } from '../i18n.tsx'
import { Bones } from '../ui/bones.tsx'
import controls from '../ui/controls.module.css'
import { CopyButton } from '../ui/copy-button.tsx'
import { factorApi } from './api.ts'
import styles from './factors.module.css'
import { failureText } from './failure-text.ts'
import { CodeField, Trouble } from './fields.tsx'
import { useSignInT } from './words.ts'

type Props = { onDone(recoveryCodes: readonly string[] | undefined): void; onCancel?: () => void }

/** Shows the secret of a new authenticator app, and takes a first code of it. */
export function AppSetUp({ onDone, onCancel }: Props) {
  const t = useSignInT()
  const words = useT()
  const { data, error } = useQuery({
    queryKey: ['own-sign-in', 'new-app'],
    queryFn: factorApi.beginApp,
    // A secret that was shown is not shown again later.
    gcTime: 0,
    retry: false,
  })
  const confirm = useMutation({
    mutationFn: (code: string) => factorApi.confirmApp(code),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    confirm.mutate(String(new FormData(event.currentTarget).get('code') ?? ''))
  }
  const failure = error ?? confirm.error
  return (
    <div className={styles.stack}>
      <p>{t('console-sign-in.app_scan')}</p>
      {data === undefined ? (
        <Bones widths={[40, 40, 40]} />
      ) : (
        <>
          <img
            className={styles.qr}
            alt={t('console-sign-in.app_qr')}
            src={`data:image/svg+xml,${encodeURIComponent(data.qr)}`}
          />
          <CopyButton value={data.secret} label={t('console-sign-in.app_key')} />
          <form onSubmit={onSubmit}>
            <CodeField label={t('console-sign-in.app_code')} />
            {failure !== null && <Trouble>{failureText(words, t, failure)}</Trouble>}
            <div className={styles.buttons}>
              <button type="submit" className={controls.main} disabled={confirm.isPending}>
                {t('console-sign-in.confirm')}
              </button>
              {onCancel && (
                <button type="button" className={controls.button} onClick={onCancel}>
                  {t('console-sign-in.cancel')}
                </button>
              )}
            </div>
          </form>
        </>
      )}
      {data === undefined && error !== null && <Trouble>{failureText(words, t, error)}</Trouble>}
    </div>
  )
}
