import type { Hold } from '@clew/contract/retention'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { agreeToHold, holdsQuery, releaseHold } from './api.ts'
import { HoldForm } from './hold-form.tsx'
import { Line } from './line.tsx'
import styles from './retention.module.css'
import { type RetentionT, useRetentionT } from './words.ts'

/** What must not be deleted, whatever else is said; those that were released stay on record. */
export function Holds({ mayChange }: { mayChange: boolean }) {
  const t = useRetentionT()
  const shell = useT()
  const { data, error } = useQuery(holdsQuery)
  const [isPlacing, setPlacing] = useState(false)
  return (
    <>
      <RailRow as="section" className={sheet.part} aria-labelledby="holds-title">
        <h2 id="holds-title">{t('console-retention.holds')}</h2>
        {error !== null && <p role="alert">{errorText(shell, error)}</p>}
        {data?.holds.length === 0 && <p className={controls.hint}>{t('console-retention.no_holds')}</p>}
      </RailRow>
      {data?.holds.map((each) => (
        <HoldLine key={each.id} hold={each} mayChange={mayChange} />
      ))}
      <RailRow className={sheet.part}>
        {mayChange &&
          (isPlacing ? (
            <HoldForm onDone={() => setPlacing(false)} />
          ) : (
            <button type="button" className={controls.button} onClick={() => setPlacing(true)}>
              {t('console-retention.place')}
            </button>
          ))}
        <p className={cx(controls.hint, styles.note)}>{t('console-retention.hold_note')}</p>
      </RailRow>
    </>
  )
}

function HoldLine({ hold, mayChange }: { hold: Hold; mayChange: boolean }) {
  const t = useRetentionT()
  const shell = useT()
  const [isOpen, setOpen] = useState(false)
  const isOver = hold.releasedAt !== undefined
  const keeps = hold.holds.map((each) => t(`console-retention.keeps_${each.class}`, { count: each.count }))
  return (
    <Line shape={isOver ? 'ring' : 'maintenance'} word={isOver ? 'released' : 'holding'}>
      <div className={styles.hold}>
        <b>{hold.name}</b>
        <button
          type="button"
          className={cx(controls.button, text.push)}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'console-retention.hold_close' : 'console-retention.hold_open')}
          <span className={text.hidden}> {hold.name}</span>
        </button>
        <p>
          {aboutOf(t, hold)}
          {hold.since !== undefined &&
            `, ${t('console-retention.hold_since', { date: shell.format.date(hold.since, { dateStyle: 'medium' }) })}`}
          {'. '}
          {keeps.length > 0 && t('console-retention.hold_keeps', { what: keeps.join(', ') })}
        </p>
        {isOpen && <HoldDetail hold={hold} mayChange={mayChange && !isOver} />}
      </div>
    </Line>
  )
}

function aboutOf(t: RetentionT, hold: Hold): string {
  if (hold.everything) return t('console-retention.hold_everything')
  const names = (of: readonly { name: string }[]) => of.map(({ name }) => name).join(', ')
  const parts = [
    ...(hold.members.length > 0 ? [t('console-retention.hold_members', { names: names(hold.members) })] : []),
    ...(hold.groups.length > 0 ? [t('console-retention.hold_groups', { names: names(hold.groups) })] : []),
    ...(hold.addresses.length > 0 ? [t('console-retention.hold_addresses', { names: hold.addresses.join(', ') })] : []),
    ...(hold.conversationNumbers.length > 0
      ? [t('console-retention.hold_cases', { names: hold.conversationNumbers.map((each) => `C-${each}`).join(', ') })]
      : []),
  ]
  return parts.join(', ')
}

function HoldDetail({ hold, mayChange }: { hold: Hold; mayChange: boolean }) {
  const t = useRetentionT()
  const shell = useT()
  const date = (at: string) => shell.format.date(at, { dateStyle: 'medium' })
  return (
    <div className={styles.detail}>
      <p className={text.read}>{hold.reason}</p>
      <p>
        {t('console-retention.hold_placed', { name: hold.placedBy ?? '—', date: date(hold.placedAt) })}{' '}
        {hold.agreedAt === undefined
          ? t('console-retention.hold_not_agreed')
          : t('console-retention.hold_agreed', { name: hold.agreedBy ?? '—' })}
      </p>
      {hold.releasedAt !== undefined && (
        <p>
          {t('console-retention.hold_released', {
            name: hold.releasedBy ?? '—',
            date: date(hold.releasedAt),
            reason: hold.releaseReason ?? '',
          })}
        </p>
      )}
      {mayChange && <HoldActions hold={hold} />}
    </div>
  )
}

function HoldActions({ hold }: { hold: Hold }) {
  const t = useRetentionT()
  const shell = useT()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const options = (done: string) => ({
    onSuccess: () => {
      showToast({ text: done })
      return queries.invalidateQueries({ queryKey: ['retention'] })
    },
    onError: (cause: Error) => showToast({ tone: 'problem', text: errorText(shell, cause) }),
  })
  const agree = useMutation({ mutationFn: () => agreeToHold(hold.id), ...options(t('console-retention.agreed')) })
  const release = useMutation({
    mutationFn: () => releaseHold({ id: hold.id, reason }),
    ...options(t('console-retention.released_now')),
  })
  const onRelease = (event: FormEvent) => {
    event.preventDefault()
    release.mutate()
  }
  return (
    <>
      {!hold.isOwn && hold.agreedAt === undefined && (
        <button type="button" className={controls.button} disabled={agree.isPending} onClick={() => agree.mutate()}>
          {t('console-retention.agree')}
        </button>
      )}
      <form className={styles.confirm} onSubmit={onRelease}>
        <label>
          <span className={controls.label}>{t('console-retention.release_reason')}</span>
          <input
            className={controls.field}
            required
            maxLength={2000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <button type="submit" className={styles.danger} disabled={release.isPending}>
          {t('console-retention.release')}
        </button>
        <span className={controls.hint}>{t('console-retention.release_note')}</span>
      </form>
    </>
  )
}
