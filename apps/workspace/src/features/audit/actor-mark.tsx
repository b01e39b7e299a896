import type { AuditEvent } from '@clew/contract/audit'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import { knotClass, markClass } from '../../app/ui/rail.tsx'
import styles from './audit.module.css'

/** People have marks; what went by itself is a knot. */
export function ActorMark({ event: { actor } }: { event: AuditEvent }) {
  if (actor.type === 'member' || actor.type === 'agent')
    return <Mark by="agent" name={actor.name} small className={cx(markClass, styles.mark)} />
  if (actor.type === 'contact' || actor.type === 'visitor')
    return <Mark by="contact" name={actor.name ?? '?'} small className={cx(markClass, styles.mark)} />
  return <span className={cx(knotClass, styles.knot)} />
}
