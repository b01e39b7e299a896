import { createElement, type HTMLAttributes, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './rail.module.css'

/** One row of a ledger: margin | body. It hangs on the thread line that the surrounding ledger draws. */
export function RailRow({ margin, children, as = 'div', bodyClass, marginClass, className, ...rest }: RailRowProps) {
  return createElement(
    as,
    { className: cx(styles.row, className), ...rest },
    <div className={cx(styles.margin, marginClass)}>{margin}</div>,
    <div className={cx(styles.body, bodyClass)}>{children}</div>,
  )
}

type RailRowProps = {
  margin?: ReactNode
  children: ReactNode
  as?: 'div' | 'li' | 'section' | 'header'
  bodyClass?: string | undefined
  marginClass?: string | undefined
  'data-seq'?: number
} & HTMLAttributes<HTMLElement>

export const ledgerClass = cx(styles.ledger)
export const sideLedgerClass = cx(styles.ledger, styles.side)
export const markClass = cx(styles.mark)
export const knotClass = cx(styles.knot)
