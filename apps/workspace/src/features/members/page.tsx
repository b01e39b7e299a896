import type { ReactNode } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './members.module.css'
import { MembersWords, useMembersT } from './words.ts'

/** The sheet of a page of people, with its words. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <main className={sheet.sheet} id="main">
      <MembersWords waiting={<Bones widths={[40, 60]} />}>
        <div className={cx(ledgerClass, sheet.ledger)}>{children}</div>
      </MembersWords>
    </main>
  )
}

type HeadProps = { title: string; margin?: ReactNode; lead: ReactNode; children?: ReactNode }

export function Head({ title, margin, lead, children }: HeadProps) {
  return (
    <RailRow as="header" className={sheet.head} margin={margin}>
      <h1>{title}</h1>
      <p className={text.effect}>{lead}</p>
      {children}
    </RailRow>
  )
}

/** What stands where an answer should: bones while it is on its way, the reason when it did not come. */
export function Pending({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const t = useMembersT()
  const words = useT()
  return (
    <RailRow className={sheet.part}>
      {error === null ? (
        <>
          <p className={text.hidden}>{t('console-members.loading')}</p>
          <Bones widths={[40, 55, 48]} />
        </>
      ) : (
        <>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={onRetry}>
            {t('console-members.try_again')}
          </button>
        </>
      )}
    </RailRow>
  )
}

/** Why what was tried did not work, said where it was tried. */
export function Problem({ error }: { error: unknown }) {
  const words = useT()
  if (error === null || error === undefined) return null
  return (
    <p role="alert" className={styles.problem}>
      <Status shape="major" tone="major">
        {errorText(words, error)}
      </Status>
    </p>
  )
}
