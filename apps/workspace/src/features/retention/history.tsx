import { type RetentionClass, retentionClasses } from '@clew/contract/retention'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, shortMoment, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { historyQuery } from './api.ts'
import { type Change, type ChangeState, ofClass, stateOf } from './history-model.ts'
import styles from './retention.module.css'
import { spanOf } from './spans.ts'
import { useRetentionT } from './words.ts'

const first = 5

/** Who changed how long something is kept, when, from what to what, and what has become of it. */
export function History() {
  const t = useRetentionT()
  const { data, error, refetch } = useQuery(historyQuery)
  const [kind, setKind] = useState<RetentionClass | ''>('')
  const [isWhole, setWhole] = useState(false)
  const all = data?.changes ?? []
  const found = ofClass(all, kind)
  return (
    <>
      <RailRow as="section" className={sheet.part} aria-labelledby="history-title">
        <div className={styles.titled}>
          <h2 id="history-title">{t('console-retention.history')}</h2>
          {all.length > 0 && <KindChoice changes={all} kind={kind} onKind={setKind} />}
        </div>
        {error !== null && <Failed error={error} onAgain={() => void refetch()} />}
        {data === undefined && error === null && <Bones widths={[60, 45]} />}
        {data?.changes.length === 0 && <p className={controls.hint}>{t('console-retention.history_none')}</p>}
      </RailRow>
      <Changes changes={isWhole ? found : found.slice(0, first)} all={all} />
      {found.length > first && !isWhole && (
        <RailRow className={styles.line}>
          <button type="button" className={controls.button} onClick={() => setWhole(true)}>
            {t('console-retention.history_all', { count: found.length })}
          </button>
        </RailRow>
      )}
    </>
  )
}

function Changes({ changes, all }: { changes: readonly Change[]; all: readonly Change[] }) {
  const t = useRetentionT()
  if (changes.length === 0) return null
  return (
    <ol aria-label={t('console-retention.history')}>
      {changes.map((change) => (
        <ChangeLine key={`${change.class} ${change.version}`} change={change} changes={all} />
      ))}
    </ol>
  )
}

function Failed({ error, onAgain }: { error: Error; onAgain(): void }) {
  const t = useRetentionT()
  const shell = useT()
  return (
    <p role="alert">
      {errorText(shell, error)}{' '}
      <button type="button" className={controls.link} onClick={onAgain}>
        {t('console-retention.try_again')}
      </button>
    </p>
  )
}

type KindChoiceProps = {
  changes: readonly Change[]
  kind: RetentionClass | ''
  onKind(kind: RetentionClass | ''): void
}

function KindChoice({ changes, kind, onKind }: KindChoiceProps) {
  const t = useRetentionT()
  const there = retentionClasses.filter((each) => changes.some((change) => change.class === each))
  return (
    <Select
      aria-label={t('console-retention.history_of')}
      value={kind}
      onChange={({ target }) => onKind(there.find((each) => each === target.value) ?? '')}
    >
      <option value="">{t('console-retention.history_every')}</option>
      {there.map((each) => (
        <option key={each} value={each}>
          {t(`console-retention.kind_${each}`)}
        </option>
      ))}
    </Select>
  )
}

const looks = {
  in_force: ['ok', 'ok'],
  waiting: ['partial', 'partial'],
  over: ['ring', 'quiet'],
  taken_back: ['maintenance', 'quiet'],
} as const satisfies Record<ChangeState, readonly [string, string]>

function ChangeLine({ change, changes }: { change: Change; changes: readonly Change[] }) {
  const t = useRetentionT()
  const shell = useT()
  const now = useNow()
  const state = stateOf(changes, change, now)
  const [shape, tone] = looks[state]
  const date = shell.format.date(change.takenBackAt ?? change.effectiveAt, { dateStyle: 'medium' })
  return (
    <RailRow
      as="li"
      className={styles.line}
      margin={
        <time dateTime={change.at} title={fullMoment(shell, change.at)}>
          {shortMoment(shell, change.at, now)}
        </time>
      }
    >
      <div>
        <b>{t(`console-retention.kind_${change.class}`)}</b>{' '}
        {t('console-retention.history_from_to', { from: spanOf(t, change.from), to: spanOf(t, change.keepDays) })}
        <small>
          {change.by === undefined
            ? t('console-retention.history_by_nobody')
            : t('console-retention.history_by', { name: change.by })}
          {change.fromOf !== 'own' && ` · ${t(`console-retention.history_was_${change.fromOf}`)}`}
        </small>
      </div>
      <span className={text.push}>
        <Status shape={shape} tone={tone}>
          {state === 'taken_back' && change.takenBackBy !== undefined
            ? t('console-retention.history_taken_back_by', { date, name: change.takenBackBy })
            : t(`console-retention.history_${state}`, { date })}
        </Status>
      </span>
    </RailRow>
  )
}
