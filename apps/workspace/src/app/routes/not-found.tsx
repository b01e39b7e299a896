import { Link } from '@tanstack/react-router'
import { useT } from '../i18n.tsx'
import { isAgentSession, useSession } from '../session.ts'
import controls from '../ui/controls.module.css'
import { cx } from '../ui/cx.ts'
import { ledgerClass, RailRow } from '../ui/rail.tsx'
import sheet from '../ui/sheet.module.css'
import styles from './not-found.module.css'

/** Nothing is at this address. What surrounds every screen stays, and the first way on is named. */
export function NotFound() {
  const t = useT()
  const isAgent = isAgentSession(useSession())
  return (
    <main className={sheet.sheet} id="main">
      <div className={cx(ledgerClass, sheet.ledger)}>
        <RailRow className={sheet.head}>
          <h1>{t('workspace.page_missing')}</h1>
          <p>{t('workspace.page_missing_text')}</p>
          <p className={styles.on}>
            <Link to="/" className={controls.button}>
              {t(isAgent ? 'workspace.back_to_queue' : 'workspace.console')}
            </Link>
          </p>
        </RailRow>
      </div>
    </main>
  )
}
