import type { ProofWays } from '@clew/contract/sign-in'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { errorText } from '../errors.ts'
import { useT } from '../i18n.tsx'
import { Bones } from '../ui/bones.tsx'
import controls from '../ui/controls.module.css'
import { proofApi } from './api.ts'
import factors from './factors.module.css'
import { failureText } from './failure-text.ts'
import { CodeField, Trouble } from './fields.tsx'
import { hasPasskeys, usePasskey } from './passkeys.ts'
import styles from './proof-dialog.module.css'
import { SignInWords, useSignInT } from './words.ts'

type Props = { onProved(): void; onGiveUp(): void }
type Way = keyof ProofWays

/** The browser's own dialog: it holds the focus and closes with Esc. */
export function ProofDialog({ onProved, onGiveUp }: Props) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onGiveUp}>
      <SignInWords waiting={<Bones widths={[60, 80]} />}>
        <Body titleId={id} onProved={onProved} onGiveUp={() => dialog.current?.close()} />
      </SignInWords>
    </dialog>
  )
}

function Body({ titleId, onProved, onGiveUp }: Props & { titleId: string }) {
  const t = useSignInT()
  const words = useT()
  const { data, error } = useQuery({ queryKey: ['proof-ways'], queryFn: proofApi.ways, gcTime: 0, staleTime: 0 })
  const [chosen, choose] = useState<Way>()
  const open = data === undefined ? [] : waysOf(data)
  const way = chosen ?? open[0]
  return (
    <>
      <h2 id={titleId}>{t('console-sign-in.proof_title')}</h2>
      <div className={styles.body}>
        <p>{t('console-sign-in.proof_lead')}</p>
        {error !== null && <Trouble>{errorText(words, error)}</Trouble>}
        {data === undefined && error === null && <Bones widths={[50]} />}
        {data !== undefined && way === undefined && <p>{t('console-sign-in.proof_none')}</p>}
        {way !== undefined && <Proof key={way} way={way} onProved={onProved} onGiveUp={onGiveUp} />}
        {way === undefined && (
          // biome-ignore lint/a11y/noAutofocus: there is nothing else in the dialog
          <button type="button" className={controls.button} autoFocus onClick={onGiveUp}>
            {t('console-sign-in.cancel')}
          </button>
        )}
        {open.length > 1 && (
          <p className={styles.ways}>
            {open
              .filter((each) => each !== way)
              .map((each) => (
                <button key={each} type="button" className={controls.link} onClick={() => choose(each)}>
                  {t(`console-sign-in.use_${each}`)}
                </button>
              ))}
          </p>
        )}
      </div>
    </>
  )
}

const waysOf = (ways: ProofWays): Way[] =>
  (['passkey', 'password', 'code'] as const).filter((way) => ways[way] && (way !== 'passkey' || hasPasskeys()))

function Proof({ way, onProved, onGiveUp }: Props & { way: Way }) {
  const t = useSignInT()
  const words = useT()
  const id = useId()
  const prove = useMutation({
    mutationFn: async (form: FormData) => {
      if (way === 'password') return proofApi.prove({ password: String(form.get('password') ?? '') })
      if (way === 'code') return proofApi.prove({ code: String(form.get('code') ?? '') })
      return proofApi.prove({ passkey: await usePasskey(await proofApi.askPasskey()) })
    },
    onSuccess: onProved,
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    prove.mutate(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={onSubmit}>
      {way === 'password' && (
        <div className={styles.field}>
          <label htmlFor={id} className={controls.label}>
            {t('console-sign-in.password')}
          </label>
          <input
            id={id}
            name="password"
            type="password"
            className={controls.field}
            required
            // biome-ignore lint/a11y/noAutofocus: the dialog has this one field
            autoFocus
            maxLength={200}
            autoComplete="current-password"
          />
        </div>
      )}
      {way === 'code' && <CodeField label={t('console-sign-in.app_code')} autoFocus />}
      {prove.error !== null && <Trouble>{failureText(words, t, prove.error)}</Trouble>}
      <div className={factors.buttons}>
        <button
          type="submit"
          className={controls.main}
          // biome-ignore lint/a11y/noAutofocus: a dialog that asks for nothing else
          autoFocus={way === 'passkey'}
          disabled={prove.isPending}
        >
          {way === 'passkey' ? t('console-sign-in.use_passkey') : t('console-sign-in.confirm')}
        </button>
        <button type="button" className={controls.button} onClick={onGiveUp}>
          {t('console-sign-in.cancel')}
        </button>
      </div>
    </form>
  )
}
