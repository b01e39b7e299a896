import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { SignInWords, useSignInT } from '../../app/sign-in/words.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { AddKey } from './add-key.tsx'
import { apiKeysQuery } from './api.ts'
import styles from './api-keys.module.css'
import { KeyRow } from './key-row.tsx'

/** The keys by which programs use the API for an organisation. */
export const Screen = () => (
  <main className={sheet.sheet} id="main">
    <SignInWords waiting={<Bones widths={[40, 55]} />}>
      <Keys />
    </SignInWords>
  </main>
)

function Keys() {
  const t = useSignInT()
  const words = useT()
  const { permissions } = useSession()
  const mayManage = permissions.includes('api_keys.manage')
  const { data, error, refetch } = useQuery(apiKeysQuery)
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head} margin={data?.keys.length}>
        <h1>{t('console-sign-in.keys_title')}</h1>
        <p className={text.effect}>
          {data === undefined
            ? error === null && t('console-sign-in.loading')
            : t('console-sign-in.keys_effect', { count: data.keys.length })}
        </p>
        <p className={controls.hint}>{t('console-sign-in.keys_what')}</p>
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {words('workspace.try_again')}
          </button>
        </RailRow>
      )}
      {data !== undefined && data.keys.length > 0 && (
        <ul className={styles.list} aria-label={t('console-sign-in.keys_list')}>
          {data.keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} mayRevoke={mayManage} />
          ))}
        </ul>
      )}
      {data !== undefined && mayManage && <AddKey rules={data} />}
    </div>
  )
}
