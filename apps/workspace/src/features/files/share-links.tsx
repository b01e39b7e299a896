import type { Shareable } from '@clew/client/agent-api'
import type { CaptureLink, CaptureSummary } from '@clew/contract/captures'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { now } from '../../app/clock.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { maxAttachmentBytes } from '../../app/limits.ts'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './files.module.css'
import { NewLink } from './new-link.tsx'

/** View-only links to a capture; a large one has had one from the moment that it came. */
export function CaptureLinks({ capture }: { capture: CaptureSummary }) {
  const isLarge = Math.max(capture.sizeBytes, capture.progress?.totalBytes ?? 0) > maxAttachmentBytes
  if (capture.state === 'refused' || (capture.state !== 'analysed' && !isLarge)) return null
  return <ShareLinks of={{ kind: 'captures', id: capture.id }} name={capture.name} isLarge={isLarge} />
}

export type ShareLinksProps = { of: Shareable; name: string; isLarge: boolean }

/** See the link that made itself; make one, see who used it, revoke it. Asked for when it is opened, or at once. */
export function ShareLinks({ of, name, isLarge }: ShareLinksProps) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const links = useQuery({
    queryKey: ['links', of.kind, of.id],
    queryFn: () => api.linksOf(of),
    staleTime: 0,
    enabled: isOpen || isLarge,
  })
  const automatic = links.data?.links.find(({ url }) => url !== undefined)
  return (
    <RailRow as="section" className={styles.block} aria-label={t('workspace.links_of', { name })}>
      {automatic?.url !== undefined && (
        <div className={text.small}>
          <p>{t('workspace.link_automatic', { moment: fullMoment(t, automatic.expiresAt) })}</p>
          <CopyButton value={automatic.url} label={t('workspace.link_copy')} />
        </div>
      )}
      <details className={styles.folded} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('workspace.links')}</summary>
        {isOpen && <Links of={of} {...links} />}
      </details>
    </RailRow>
  )
}

type LinksProps = { of: Shareable; data: { links: CaptureLink[] } | undefined; error: Error | null; isPending: boolean }

function Links({ of, data, error, isPending }: LinksProps) {
  const t = useT()
  return (
    <>
      <NewLink of={of} />
      {isPending && <p className={cx(text.small, text.muted)}>{t('workspace.links_loading')}</p>}
      {error !== null && (
        <Status shape="major" tone="major">
          {errorText(t, error)}
        </Status>
      )}
      {data?.links.length === 0 && <p className={cx(text.small, text.muted)}>{t('workspace.links_none')}</p>}
      <ul className={styles.links}>
        {data?.links.map((link) => (
          <Link key={link.id} link={link} of={of} />
        ))}
      </ul>
    </>
  )
}

function Link({ link, of }: { link: CaptureLink; of: Shareable }) {
  const t = useT()
  const queryClient = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => api.revokeLink(of, link.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['links', of.kind, of.id] }),
  })
  const isOver = link.revokedAt !== undefined || Date.parse(link.expiresAt) <= now()
  const moment = fullMoment(t, link.createdAt)
  return (
    <li className={cx(text.small, isOver && text.muted)}>
      <p>
        <State link={link} isOver={isOver} /> {link.hasPassword && t('workspace.link_has_password')}{' '}
        {link.mayDownload && t('workspace.link_may_download')}
      </p>
      <p className={text.muted}>
        {link.createdBy === undefined
          ? t('workspace.link_made_itself', { moment })
          : t('workspace.link_made', { name: link.createdBy, moment })}
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
