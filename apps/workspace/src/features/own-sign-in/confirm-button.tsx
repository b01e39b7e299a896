import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Trouble } from '../../app/sign-in/fields.tsx'
import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import styles from './own-sign-in.module.css'

type Props<R> = {
  label: string
  sure: string
  /** What the button says that does it. */
  does?: string
  run(): Promise<R>
  onDone(result: R): void
}

/** Asks once more, in place. */
export function ConfirmButton<R>({ label, sure, does, run, onDone }: Props<R>) {
  const t = useSignInT()
  const words = useT()
  const [isAsking, setAsking] = useState(false)
  const doing = useMutation({
    mutationFn: run,
    onSuccess: (result) => {
      setAsking(false)
      onDone(result)
    },
  })
  if (!isAsking)
    return (
      <button type="button" className={controls.button} onClick={() => setAsking(true)}>
        {label}
      </button>
    )
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <p role="status">{sure}</p>
        <button type="button" className={controls.main} disabled={doing.isPending} onClick={() => doing.mutate()}>
          {does ?? label}
        </button>
        <button type="button" className={controls.button} onClick={() => setAsking(false)}>
          {t('console-sign-in.keep')}
        </button>
      </div>
      {doing.error !== null && <Trouble>{errorText(words, doing.error)}</Trouble>}
    </div>
  )
}
