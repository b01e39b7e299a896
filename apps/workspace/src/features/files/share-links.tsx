import type { CaptureLink, CaptureSummary } from '@clew/contract/captures'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { now } from '../../app/clock.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './files.module.css'
import { NewLink } from './new-link.tsx'

/** View-only links to a capture: make one, see who used it, revoke it. Asked for when it is opened, not before. */
export function ShareLinks({ capture }: { capture: CaptureSummary }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  if (capture.state !== 'analysed') return null
  return (
    <RailRow as="section" className={styles.block} aria-label={t('workspace.links_of', { name: capture.name })}>
      <details className={styles.folded} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('workspace.links')}</summary>
        {isOpen && <Links captureId={capture.id} />}
      </details>
    </RailRow>
  )
}

function Links({ captureId }: { captureId: string }) {
  const t = useT()
  const { data, error, isPending } = useQuery({
    queryKey: ['capture-links', captureId],
    queryFn: () => api.captureLinks(captureId),
    staleTime: 0,
  })
  return (
    <>
      <NewLink captureId={captureId} />
      {isPending && <p className={cx(text.small, text.muted)}>{t('workspace.links_loading')}</p>}
      {error !== null && (
        <Status shape="major" tone="major">
          {errorText(t, error)}
        </Status>
      )}
      {data?.links.length === 0 && <p className={cx(text.small, text.muted)}>{t('workspace.links_none')}</p>}
      <ul className={styles.links}>
        {data?.links.map((link) => (
          <Link key={link.id} link={link} />
        ))}
      </ul>
    </>
  )
}

function Link({ link }: { link: CaptureLink }) {
  const t = useT()
  const queryClient = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => api.revokeCaptureLink(link.captureId, link.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['capture-links', link.captureId] }),
  })
  const isOver = link.revokedAt !== undefined || Date.parse(link.expiresAt) <= now()
  return (
    <li className={cx(text.small, isOver && text.muted)}>
      <p>
        <State link={link} isOver={isOver} /> {link.hasPassword && t('workspace.link_has_password')}{' '}
        {link.mayDownload && t('workspace.link_may_download')}
      </p>
      <p className={text.muted}>
        {t('workspace.link_made', { name: link.createdBy, moment: fullMoment(t, link.createdAt) })}
      </p>
      <Uses link={link} />
      {!isOver && (
        <button type="button" className={controls.link} disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {t('workspace.link_revoke')}
        </button>
      )}
      {revoke.error !== null && <p role="alert">{errorText(t, revoke.error)}</p>}
    </li>
  )
}

function State({ link, isOver }: { link: CaptureLink; isOver: boolean }) {
  const t = useT()
  if (link.revokedAt !== undefined)
    return (
      <Status shape="ring" tone="quiet">
        {t('workspace.link_revoked', { moment: fullMoment(t, link.revokedAt) })}
      </Status>
    )
  return (
    <Status shape={isOver ? 'ring' : 'ok'} tone={isOver ? 'quiet' : 'ok'}>
      {isOver
        ? t('workspace.link_expired', { moment: fullMoment(t, link.expiresAt) })
        : t('workspace.link_until', { moment: fullMoment(t, link.expiresAt) })}
    </Status>
  )
}

/** Who looked, when, and from which address; which address it is, nobody can tell. */
function Uses({ link }: { link: CaptureLink }) {
  const t = useT()
  if (link.uses.length === 0) return <p>{t('workspace.link_unused')}</p>
  return (
    <details className={styles.folded}>
      <summary>{t('workspace.link_views', { count: link.views })}</summary>
      <ul>
        {link.uses.map((use) => (
          <li key={`${use.at} ${use.kind} ${use.addressHash}`}>
            {t(`workspace.link_use_${use.kind}`)} {fullMoment(t, use.at)}{' '}
            {use.agentName ?? <span className={text.mono}>{use.addressHash}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
