import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './rail.module.css'

/** One row of a ledger: margin | body. It hangs on the thread line that the surrounding ledger draws. */
export function RailRow({ margin, children, as: Row = 'div', bodyClass, marginClass, className, ...rest }: RailRowProps) {
  return (
    <Row className={cx(styles.row, className)} {...rest}>
      <div className={cx(styles.margin, marginClass)}>{margin}</div>
      <div className={cx(styles.body, bodyClass)}>{children}</div>
    </Row>
  )
}

type RailRowProps = {
  margin?: ReactNode
  children: ReactNode
  as?: 'div' | 'li' | 'section' | 'header'
  bodyClass?: string | undefined
  marginClass?: string | undefined
} & Omit<ComponentProps<'div'>, 'ref'>

export const ledgerClass = cx(styles.ledger)
export const sideLedgerClass = cx(styles.ledger, styles.side)
export const markClass = cx(styles.mark)
export const knotClass = cx(styles.knot)
