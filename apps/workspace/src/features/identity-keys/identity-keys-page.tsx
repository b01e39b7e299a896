import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { AddKey } from './add-key.tsx'
import { keysQuery } from './api.ts'
import styles from './identity-keys.module.css'
import { KeyRow } from './key-row.tsx'
import { IdentityWords, useIdentityT } from './words.ts'

/** The keys by which a product says who somebody is: at most two, so that one can follow the other. */
export function IdentityKeysPage() {
  return (
    <main className={sheet.sheet} id="main">
      <IdentityWords waiting={<Bones widths={[40, 55]} />}>
        <Keys />
      </IdentityWords>
    </main>
  )
}

function Keys() {
  const t = useIdentityT()
  const words = useT()
  const mayManage = useSession().permissions.includes('identity_keys.manage')
  const { data, error, refetch } = useQuery({ ...keysQuery, enabled: mayManage })
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head} margin={data?.keys.length}>
        <h1>{t('identity.title')}</h1>
        <p className={text.effect}>
          {data === undefined ? mayManage && t('identity.loading') : t('identity.effect', { count: data.keys.length })}
        </p>
        <p className={controls.hint}>{t('identity.what')}</p>
        {!mayManage && <p className={controls.hint}>{t('identity.owners_only')}</p>}
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {words('workspace.try_again')}
          </button>
        </RailRow>
      )}
      {data !== undefined && (
        <>
          <RailRow as="section" className={sheet.part} aria-label={t('identity.audience')}>
            <h2>{t('identity.audience')}</h2>
            <CopyButton value={data.audience} label={t('identity.audience_copy')} />
          </RailRow>
          <ul className={styles.keys} aria-label={t('identity.keys')}>
            {data.keys.map((key) => (
              <KeyRow key={key.id} identityKey={key} />
            ))}
          </ul>
          <AddKey isFull={data.keys.length >= data.mostKeys} />
        </>
      )}
    </div>
  )
}
