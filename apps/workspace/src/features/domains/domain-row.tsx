import type { OrganisationDomain } from '@clew/contract/domains'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { announce, showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { domainsApi, domainsQuery } from './api.ts'
import styles from './domains.module.css'
import { RemoveDomain } from './remove-domain.tsx'
import { sentencesOf } from './sentences.ts'
import { StateWord } from './state.tsx'
import { useDomainsT } from './words.ts'

type Props = { domain: OrganisationDomain; canManage: boolean; onMove: (() => void) | undefined }

/** One domain: its state, what that means, the record where it is missing, and what can be done. */
export function DomainRow({ domain, canManage, onMove }: Props) {
  const t = useDomainsT()
  const words = useT()
  const [isRemoving, setRemoving] = useState(false)
  const { state, shownName } = domain
  const isMissing = state === 'waiting' || state === 'lost' || state === 'disputed'
  return (
    <RailRow as="li" className={styles.line} margin={<StateWord state={state} />} aria-label={shownName}>
      <div className={styles.head}>
        <b>{shownName}</b>
        {domain.name !== shownName && <span className={styles.ascii}>{domain.name}</span>}
        {canManage && (
          <Doing domain={domain} onMove={onMove} isRemoving={isRemoving} onRemove={() => setRemoving(!isRemoving)} />
        )}
      </div>
      {sentencesOf(t, words, domain).map((sentence) => (
        <p key={sentence} className={styles.sentence}>
          {sentence}
        </p>
      ))}
      {isMissing && <TxtRecord domain={domain} />}
      {canManage && state !== 'expired' && <Ticks domain={domain} />}
      {isRemoving && <RemoveDomain domain={domain} onDone={() => setRemoving(false)} />}
    </RailRow>
  )
}

type DoingProps = {
  domain: OrganisationDomain
  onMove: (() => void) | undefined
  isRemoving: boolean
  onRemove(): void
}

function Doing({ domain, onMove, isRemoving, onRemove }: DoingProps) {
  const t = useDomainsT()
  const look = useLook(domain)
  const { state, members, shownName } = domain
  return (
    <span className={styles.push}>
      {onMove && members > 0 && (state === 'lost' || state === 'expired') && (
        <button type="button" className={controls.button} onClick={onMove}>
          {t('console-domains.move_members', { count: members })}
        </button>
      )}
      <button
        type="button"
        className={controls.button}
        disabled={look.isPending}
        onClick={() => look.mutate()}
        aria-label={t(state === 'expired' ? 'console-domains.renew_of' : 'console-domains.check_of', {
          domain: shownName,
        })}
      >
        {look.isPending
          ? t('console-domains.checking')
          : t(state === 'expired' ? 'console-domains.renew' : 'console-domains.check')}
      </button>
      <button
        type="button"
        className={cx(controls.button, styles.quietButton)}
        aria-expanded={isRemoving}
        aria-label={t('console-domains.remove_of', { domain: shownName })}
        onClick={onRemove}
      >
        {t('console-domains.remove')}
      </button>
    </span>
  )
}

/** Looks for the record now, or begins again where the time is over. */
function useLook({ id, state, shownName }: OrganisationDomain) {
  const t = useDomainsT()
  const words = useT()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => (state === 'expired' ? domainsApi.renew(id) : domainsApi.check(id)),
    onSuccess: (after) => {
      announce(`${shownName}: ${t(`console-domains.state_${after.state}`)}`)
      return queryClient.invalidateQueries({ queryKey: domainsQuery.queryKey })
    },
    onError: (error) => showToast({ text: errorText(words, error), tone: 'problem' }),
  })
}

function TxtRecord({ domain: { record, state } }: { domain: OrganisationDomain }) {
  const t = useDomainsT()
  return (
    <>
      {state === 'lost' && <p className={styles.sentence}>{t('console-domains.put_back')}</p>}
      <dl className={styles.record}>
        <dt>{t('console-domains.txt_at')}</dt>
        <dd>
          <CopyButton value={record.at} label={t('console-domains.copy_name')} />
        </dd>
        <dt>{t('console-domains.txt_says')}</dt>
        <dd>
          <CopyButton value={record.says} label={t('console-domains.copy_text')} />
        </dd>
      </dl>
    </>
  )
}

function Ticks({ domain }: { domain: OrganisationDomain }) {
  const t = useDomainsT()
  const words = useT()
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (ticks: { coversSubdomains?: boolean; joinsByItself?: boolean }) => domainsApi.change(domain.id, ticks),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: domainsQuery.queryKey }),
  })
  // What was just ticked shows at once.
  const { coversSubdomains, joinsByItself } = { ...domain, ...(change.isPending ? change.variables : {}) }
  return (
    <div className={styles.ticks}>
      <label>
        <input
          type="checkbox"
          checked={coversSubdomains}
          onChange={({ target }) => change.mutate({ coversSubdomains: target.checked })}
        />
        {t('console-domains.covers')}
      </label>
      <label>
        <input
          type="checkbox"
          checked={joinsByItself}
          onChange={({ target }) => change.mutate({ joinsByItself: target.checked })}
        />
        {t('console-domains.joins')}
      </label>
      {change.error !== null && (
        <Status shape="major" tone="major">
          {errorText(words, change.error)}
        </Status>
      )}
    </div>
  )
}
