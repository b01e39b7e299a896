import { isLocale, type Locale } from '@clew/i18n'
import { type ReactNode, useId } from 'react'
import { switchLocale, useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ClewMark } from '../../app/ui/mark.tsx'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './entrance.module.css'

/** The sheet before the workspace: signing in, the first owner, an invitation. */
export function Entrance({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const t = useT()
  return (
    <main className={styles.page}>
      <div className={cx(ledgerClass, styles.ledger)}>
        <RailRow
          as="header"
          margin={
            <span className={styles.mark}>
              <ClewMark />
            </span>
          }
        >
          <h1>{title}</h1>
          <p className={text.effect}>{lead}</p>
        </RailRow>
        <RailRow className={styles.form}>{children}</RailRow>
        <RailRow className={styles.foot}>
          <nav aria-label={t('workspace.language')} className={styles.languages}>
            <LanguageButton locale="en">English</LanguageButton>
            <LanguageButton locale="el">Ελληνικά</LanguageButton>
          </nav>
        </RailRow>
      </div>
    </main>
  )
}

function LanguageButton({ locale, children }: { locale: Locale; children: ReactNode }) {
  const t = useT()
  return (
    <button
      type="button"
      className={controls.link}
      lang={locale}
      aria-pressed={t.locale === locale}
      onClick={() => isLocale(locale) && void switchLocale(locale)}
    >
      {children}
    </button>
  )
}

type FieldProps = {
  label: string
  hint?: string
  type: 'text' | 'email' | 'password'
  name: string
  autoComplete: string
  minLength?: number
  maxLength?: number
  autoFocus?: boolean
  defaultValue?: string
}

export function Field({ label, hint, ...input }: FieldProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={controls.label}>
        {label}
      </label>
      <input id={id} className={controls.field} required aria-describedby={hint && `${id}-hint`} {...input} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className={controls.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}

export function Problem({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className={styles.problem}>
      <Status shape="major" tone="major">
        <span className={styles.words}>{children}</span>
      </Status>
    </p>
  )
}
