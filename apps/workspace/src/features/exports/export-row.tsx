import type { ConsoleExport, ExportLink } from '@clew/contract/exports'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, shortMoment, timeOfDay, useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { knotClass, RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { makeLink, retryExport, stopExport } from './api.ts'
import styles from './exports.module.css'
import { contentOf, lookOf, standingOf } from './sentences.ts'
import { useExportT } from './words.ts'

/** One export: when it was asked for in the margin, how it stands, and what can be done with it. */
export function ExportRow({ each }: { each: ConsoleExport }) {
  const t = useExportT()
  const shell = useT()
  const now = useNow()
  const [link, setLink] = useState<ExportLink>()
  const margin = (
    <>
      <time dateTime={each.requestedAt} title={fullMoment(shell, each.requestedAt)}>
        {shortMoment(shell, each.requestedAt, now)}
      </time>
      <span className={knotClass} />
    </>
  )
  const isMoving = each.state === 'building' || each.state === 'queued'
  return (
    <RailRow as="li" className={styles.row} margin={margin}>
      <div className={styles.head}>
        <h3>{contentOf(t, each.content)}</h3>
        <Status {...lookOf(each)}>{t(`console-exports.state_${each.state}`)}</Status>
        <Ways each={each} onLink={setLink} />
      </div>
      <p className={styles.about}>{t('console-exports.by', { name: each.requestedBy.name, reason: each.reason })}</p>
      <p className={controls.hint}>
        {standingOf(t, each, (at) => fullMoment(shell, at))}{' '}
        {each.decidedBy !== undefined &&
          each.state !== 'denied' &&
          t('console-exports.says_approved', { name: each.decidedBy.name })}
      </p>
      {isMoving && (
        <progress
          className={styles.progress}
          aria-label={t(`console-exports.state_${each.state}`)}
          max={Math.max(1, each.expectedRows)}
          value={Math.min(each.doneRows, each.expectedRows)}
        />
      )}
      {link !== undefined && <Fetching link={link} onUsed={() => setLink(undefined)} />}
    </RailRow>
  )
}

function Ways({ each, onLink }: { each: ConsoleExport; onLink(link: ExportLink): void }) {
  const t = useExportT()
  const shell = useT()
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['exports', 'list'] })
  const stop = useMutation({ mutationFn: stopExport, onSettled: again })
  const retry = useMutation({ mutationFn: retryExport, onSettled: again })
  const fetching = useMutation({ mutationFn: makeLink, onSuccess: onLink })
  const error = stop.error ?? retry.error ?? fetching.error
  const name = contentOf(t, each.content)
  const button = (word: 'fetch' | 'retry' | 'cancel' | 'delete_now', work: { isPending: boolean; run(): void }) => (
    <button
      type="button"
      className={cx(word === 'fetch' ? controls.main : controls.button)}
      disabled={work.isPending}
      aria-label={`${t(`console-exports.${word}`)}: ${name}`}
      onClick={work.run}
    >
      {t(`console-exports.${word}`)}
    </button>
  )
  const lies = each.state === 'ready' || each.state === 'fetched'
  return (
    <span className={styles.push}>
      {each.may.includes('fetch') &&
        button('fetch', { isPending: fetching.isPending, run: () => fetching.mutate(each.id) })}
      {each.may.includes('retry') && button('retry', { isPending: retry.isPending, run: () => retry.mutate(each.id) })}
      {each.may.includes('cancel') &&
        button(lies ? 'delete_now' : 'cancel', { isPending: stop.isPending, run: () => stop.mutate(each.id) })}
      {error !== null && <span role="alert">{errorText(shell, error)}</span>}
    </span>
  )
}

/** The password stays in sight until the page is left: nobody can ask for it again. */
function Fetching({ link, onUsed }: { link: ExportLink; onUsed(): void }) {
  const t = useExportT()
  const shell = useT()
  const [isUsed, setUsed] = useState(false)
  return (
    <div className={styles.box}>
      {link.password === undefined ? (
        <p>{t('console-exports.password_known')}</p>
      ) : (
        <>
          <h4>{t('console-exports.password')}</h4>
          <CopyButton value={link.password} label={t('console-exports.password')} />
          <p className={controls.hint}>{t('console-exports.password_hint')}</p>
        </>
      )}
      {!isUsed && (
        <>
          <a
            className={cx(controls.main, controls.large)}
            href={link.url}
            download
            onClick={() => (link.password === undefined ? setTimeout(onUsed) : setTimeout(() => setUsed(true)))}
          >
            {t('console-exports.download')}
          </a>
          <p className={controls.hint}>{t('console-exports.link_hint', { until: timeOfDay(shell, link.expiresAt) })}</p>
        </>
      )}
    </div>
  )
}
