import type { AuditEvent, AuditEventDetail } from '@clew/contract/audit'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import pane from '../../app/ui/pane.module.css'
import { RailRow, sideLedgerClass } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { eventQuery, type LogOf, ownLog } from './api.ts'
import { CopyActions } from './copy-actions.tsx'
import styles from './detail.module.css'
import { Outcome, Sentence } from './sentence.tsx'
import { useAuditT } from './words.ts'

type EventDetailProps = { of: LogOf; seq: number; onOpen(seq: number): void; onClose(): void }

/** One event with all that is known of it, beside the list. */
export function EventDetail({ of, seq, onOpen, onClose }: EventDetailProps) {
  const t = useAuditT()
  const shell = useT()
  const { data, error, refetch } = useQuery(eventQuery(of, seq))
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever opens an event goes on reading here; going through the list with the keys keeps its place there.
  useEffect(() => {
    if (matchMedia('(max-width: 60rem)').matches) heading.current?.focus()
  }, [])
  const title = t('console-audit.event', { seq: t.format.number(seq) })
  return (
    <aside className={styles.trail} aria-label={title}>
      <div className={pane.head}>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {data && <Outcome outcome={data.event.outcome} />}
        <button type="button" className={cx(controls.plain, text.push)} onClick={onClose}>
          {t('console-audit.close')}
        </button>
      </div>
      <div className={pane.scroll}>
        {error !== null && (
          <div className={styles.failed}>
            <p role="alert">{errorText(shell, error)}</p>
            <button type="button" className={controls.button} onClick={() => void refetch()}>
              {t('console-audit.try_again')}
            </button>
          </div>
        )}
        {data === undefined && error === null && <Bones widths={[80, 55, 65]} />}
        {data !== undefined && <Facts of={of} detail={data} onOpen={onOpen} />}
      </div>
    </aside>
  )
}

function Facts({ of, detail, onOpen }: { of: LogOf; detail: AuditEventDetail; onOpen(seq: number): void }) {
  const t = useAuditT()
  const { event, around } = detail
  return (
    <div className={cx(sideLedgerClass, styles.detail)}>
      <Row name={t('console-audit.row_what')}>
        <p>
          <Sentence event={event} />
        </p>
        <p className={cx(text.mono, text.muted)}>
          {event.action} v{event.version}
        </p>
        {event.reason !== undefined && <p className={text.mono}>{event.reason}</p>}
        {event.isErased && <p className={text.muted}>{t('console-audit.is_erased')}</p>}
      </Row>
      <About event={event} />
      <When event={event} />
      <From event={event} />
      <Chain detail={detail} />
      {around.length > 0 && (
        <Row name={t('console-audit.row_around')}>
          <ul className={styles.around}>
            {around.map((each) => (
              <li key={each.id}>
                <button type="button" className={controls.link} onClick={() => onOpen(each.seq)}>
                  <Sentence event={each} />
                </button>
              </li>
            ))}
          </ul>
        </Row>
      )}
      <Row name="">
        <CopyActions event={event} hasLink={of === ownLog} />
      </Row>
    </div>
  )
}

/** What was changed, and the facts that go with it. */
function About({ event: { changes, metadata, targets } }: { event: AuditEvent }) {
  const t = useAuditT()
  const facts = Object.entries(metadata)
  return (
    <>
      {targets.length > 1 && (
        <Row name={t('console-audit.row_about')}>
          <ul className={styles.around}>
            {targets.map(({ type, id, name }) => (
              <li key={`${type} ${id}`}>
                <b>{name ?? id}</b> <span className={text.muted}>{type}</span>
              </li>
            ))}
          </ul>
        </Row>
      )}
      {changes.length > 0 && (
        <Row name={t('console-audit.row_change')}>
          <dl className={styles.facts}>
            {changes.map(({ field, old, new: now }) => (
              <Fact key={field} name={field}>
                {old !== undefined && <del>{plain(old)}</del>} {now !== undefined && <ins>{plain(now)}</ins>}
              </Fact>
            ))}
          </dl>
        </Row>
      )}
      {facts.length > 0 && (
        <Row name={t('console-audit.row_facts')}>
          <dl className={styles.facts}>
            {facts.map(([name, value]) => (
              <Fact key={name} name={name}>
                {plain(value)}
              </Fact>
            ))}
          </dl>
        </Row>
      )}
    </>
  )
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function When({ event }: { event: AuditEvent }) {
  const t = useAuditT()
  const delay = Date.parse(event.recordedAt) - Date.parse(event.occurredAt)
  const moment = t.format.date(event.occurredAt, { dateStyle: 'medium', timeStyle: 'long' })
  return (
    <>
      <Row name={t('console-audit.row_when')}>
        <p>{moment}</p>
        <p className={cx(text.mono, text.muted)}>
          {event.occurredAt} {delay > 0 && t('console-audit.recorded', { ms: t.format.number(delay) })}
        </p>
      </Row>
      <Row name={t('console-audit.row_how')}>
        <p>{t.find(`console-audit.via_${event.actor.via}`) ?? event.actor.via}</p>
      </Row>
    </>
  )
}

function From({ event: { context } }: { event: AuditEvent }) {
  const t = useAuditT()
  const known = (
    [
      ['ip', context.ip],
      ['browser', context.userAgent],
      ['session', context.sessionId],
      ['request', context.requestId],
    ] as const
  ).filter(([, value]) => value !== undefined)
  if (known.length === 0) return null
  return (
    <Row name={t('console-audit.row_from')}>
      <dl className={cx(styles.facts, text.mono)}>
        {known.map(([name, value]) => (
          <Fact key={name} name={t(`console-audit.${name}`)}>
            {value}
          </Fact>
        ))}
      </dl>
    </Row>
  )
}

/** `9c417be0 … 0d45d2a8`: enough to compare by eye. */
const shortHash = (hash: string): string => `${hash.slice(0, 8)} … ${hash.slice(-8)}`

function Chain({ detail: { event, next, checkpoint } }: { detail: AuditEventDetail }) {
  const t = useAuditT()
  const shell = useT()
  const seq = next && t.format.number(next.seq)
  return (
    <Row name={t('console-audit.row_chain')}>
      <dl className={cx(styles.facts, text.mono)}>
        <Fact name={t('console-audit.before')}>
          <span title={event.prevHash}>{shortHash(event.prevHash)}</span>
        </Fact>
        <Fact name={t('console-audit.this')}>
          <span title={event.hash}>{shortHash(event.hash)}</span>
        </Fact>
        <Fact name={t('console-audit.after')}>
          {seq === undefined
            ? t('console-audit.is_last')
            : t(next?.agrees ? 'console-audit.next_agrees' : 'console-audit.next_differs', { seq })}
        </Fact>
      </dl>
      <p className={text.muted}>
        {checkpoint
          ? t('console-audit.signed_at', { at: fullMoment(shell, checkpoint.at) })
          : t('console-audit.unsigned')}
      </p>
    </Row>
  )
}

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <RailRow margin={name} className={styles.row}>
    {children}
  </RailRow>
)

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
