import type { OwnSignIn } from '@clew/contract/sign-in'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { ownSignInQuery } from '../../app/sign-in/api.ts'
import { RecoveryCodes } from '../../app/sign-in/recovery-codes.tsx'
import { SignInWords, useSignInT } from '../../app/sign-in/words.ts'
import { fullMoment } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { AppPart } from './app-part.tsx'
import { PasskeysPart } from './passkeys-part.tsx'
import { PasswordPart } from './password-part.tsx'
import { RecoveryPart } from './recovery-part.tsx'
import { SessionsPart } from './sessions-part.tsx'

/** How somebody gets in, and where they are in at the moment. */
export const Screen = () => (
  <main className={sheet.sheet} id="main">
    <SignInWords waiting={<Bones widths={[40, 55]} />}>
      <OwnSignInPage />
    </SignInWords>
  </main>
)

function OwnSignInPage() {
  const t = useSignInT()
  const words = useT()
  const { data, error, refetch } = useQuery(ownSignInQuery)
  // Codes that were just made: they are shown this once.
  const [codes, setCodes] = useState<readonly string[]>()
  const onFactor = (made: readonly string[] | undefined) => {
    if (made !== undefined) setCodes(made)
    void refetch()
  }
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head}>
        <h1>{t('console-sign-in.title')}</h1>
        <p className={text.effect}>
          {data === undefined ? error === null && t('console-sign-in.loading') : <Effect own={data} />}
        </p>
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {words('workspace.try_again')}
          </button>
        </RailRow>
      )}
      {codes !== undefined && (
        <RailRow as="section" className={sheet.part} aria-label={t('console-sign-in.recovery')}>
          <h2>{t('console-sign-in.recovery')}</h2>
          <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
        </RailRow>
      )}
      {data !== undefined && (
        <>
          <PasskeysPart own={data} onFactor={onFactor} />
          <PasswordPart own={data} />
          <AppPart own={data} onFactor={onFactor} />
          {codes === undefined && <RecoveryPart own={data} onFactor={onFactor} />}
          <SessionsPart />
        </>
      )}
    </div>
  )
}

/** In one sentence, how well protected somebody is. */
function Effect({ own }: { own: OwnSignIn }) {
  const t = useSignInT()
  const words = useT()
  const count = own.passkeys.length
  if (count === 0 && own.app === undefined && own.secondFactorDueAt !== undefined)
    return t('console-sign-in.effect_due', { moment: fullMoment(words, own.secondFactorDueAt) })
  if (count > 0) return t('console-sign-in.effect_strong', { count, app: own.app ? 'yes' : 'no' })
  return own.app ? t('console-sign-in.effect_app') : t('console-sign-in.effect_weak')
}
