import { snoozeLimitsMs } from '@clew/contract/snooze-limits'
import { laterPresets, readLater } from '@clew/intake/later'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { now } from '../../app/clock.ts'
import { type Translate, useT } from '../../app/i18n.tsx'
import { comingMoment, useNow, wholeMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './snooze-dialog.module.css'

type DialogProps = { onSnooze(until: Date): void; onClose(): void }

/** Until when a conversation is put off: one of a few times, or words for any other. */
export function SnoozeDialog({ onSnooze, onClose }: DialogProps) {
  const t = useT()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    dialog.current?.showModal()
    // It would be on the button that closes.
    dialog.current?.querySelector('input')?.focus()
  }, [])
  const choose = (until: Date) => {
    dialog.current?.close()
    onSnooze(until)
  }
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onClose={onClose}>
      <div className={styles.head}>
        <h2 id={title}>{t('workspace.snooze_title')}</h2>
        <button type="button" className={controls.button} onClick={() => dialog.current?.close()}>
          {t('workspace.close')} <kbd>Esc</kbd>
        </button>
      </div>
      <TypedTime onChoose={choose} />
      <Presets onChoose={choose} />
    </dialog>
  )
}

/** The agent's own clock. */
const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

type ChooseProps = { onChoose(until: Date): void }

/** Words for a time; what was understood is shown before anything happens. */
function TypedTime({ onChoose }: ChooseProps) {
  const t = useT()
  const present = useNow(5_000)
  const [said, setSaid] = useState('')
  const [isAsked, setAsked] = useState(false)
  const ids = { field: useId(), read: useId() }
  const readAt = (moment: number) => readLater(said, { now: new Date(moment), zone: zone() })
  const until = readAt(present)
  const problem = problemOf(until, present)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    // "In 2 minutes" counts from when it is sent.
    const chosen = readAt(now())
    if (chosen !== undefined && problem === undefined) onChoose(chosen)
  }
  const isWrong = said.trim() !== '' && isAsked && problem !== undefined
  return (
    <form className={styles.typed} onSubmit={submit}>
      <label className={controls.label} htmlFor={ids.field}>
        {t('workspace.snooze_until')}
      </label>
      <div className={styles.row}>
        <input
          id={ids.field}
          className={controls.field}
          value={said}
          maxLength={60}
          autoComplete="off"
          aria-invalid={isWrong}
          aria-describedby={ids.read}
          onChange={({ target }) => {
            setSaid(target.value)
            setAsked(false)
          }}
        />
        <button type="submit" className={cx(controls.main, controls.large)}>
          {t('workspace.snooze')}
        </button>
      </div>
      <p
        id={ids.read}
        className={styles.read}
        role="status"
        data-known={(until !== undefined && problem === undefined) || undefined}
      >
        {readText(t, { said, until, problem })}
      </p>
    </form>
  )
}

type Problem = 'unknown' | 'past' | 'far'

function problemOf(until: Date | undefined, present: number): Problem | undefined {
  if (until === undefined) return 'unknown'
  const ahead = until.getTime() - present
  if (ahead < snoozeLimitsMs.least) return 'past'
  return ahead > snoozeLimitsMs.most ? 'far' : undefined
}

type Read = { said: string; until: Date | undefined; problem: Problem | undefined }

function readText(t: Translate, { said, until, problem }: Read): string {
  if (said.trim() === '') return t('workspace.snooze_hint')
  if (until === undefined || problem === 'unknown') return t('workspace.snooze_unknown')
  const when = wholeMoment(t, until.getTime())
  return problem === undefined ? when : t(`workspace.snooze_${problem}`, { when })
}

function Presets({ onChoose }: ChooseProps) {
  const t = useT()
  const present = useNow()
  return (
    <ul className={styles.presets}>
      {laterPresets({ now: new Date(present), zone: zone() }).map(({ name, at }) => (
        <li key={name}>
          <button type="button" className={styles.preset} onClick={() => onChoose(at)}>
            <span>{t(`workspace.snooze_${name}`)}</span>
            <span className={styles.when}>{comingMoment(t, at.getTime(), present)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
