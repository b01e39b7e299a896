import type { DomainDispute } from '@clew/contract/domains'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { disputesQuery, domainsApi } from './api.ts'
import styles from './domains.module.css'
import { StateWord } from './state.tsx'
import { useDomainsT } from './words.ts'

/** For who looks after the organisations: domains that two of them have proved. */
export function Disputes() {
  const t = useDomainsT()
  const words = useT()
  const { data, error } = useQuery(disputesQuery)
  return (
    <section className={styles.part} aria-label={t('console-domains.disputes')}>
      <RailRow className={styles.title}>
        <h2>{t('console-domains.disputes')}</h2>
        {error !== null && <p role="alert">{errorText(words, error)}</p>}
        {data === undefined && error === null && <Bones widths={[50]} />}
        {data?.disputes.length === 0 && <p className={controls.hint}>{t('console-domains.no_disputes')}</p>}
      </RailRow>
      <ul>
        {data?.disputes.map((dispute) => (
          <DisputeRow key={dispute.id} dispute={dispute} />
        ))}
      </ul>
    </section>
  )
}

function DisputeRow({ dispute }: { dispute: DomainDispute }) {
  const t = useDomainsT()
  const words = useT()
  const queryClient = useQueryClient()
  const [withCases, setWithCases] = useState(false)
  const decide = useMutation({
    mutationFn: (decision: 'moved' | 'kept') =>
      domainsApi.decide(dispute.id, decision === 'moved' ? { decision, withCases } : { decision }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['domains'] }),
  })
  const { domain, claimant, holder } = dispute
  return (
    <RailRow as="li" className={styles.line} margin={<StateWord state="disputed" />}>
      <div className={styles.head}>
        <b>{domain}</b>
      </div>
      <Claims dispute={dispute} />
      {holder && (
        <label className={styles.takes}>
          <input type="checkbox" checked={withCases} onChange={({ target }) => setWithCases(target.checked)} />
          <span>
            {t('console-domains.with_cases', { name: claimant.name })}
            <span className={controls.hint}>{t('console-domains.with_cases_else', { name: holder.name })}</span>
          </span>
        </label>
      )}
      <div className={styles.decide}>
        <button
          type="button"
          className={controls.button}
          disabled={decide.isPending}
          onClick={() => decide.mutate('kept')}
        >
          {t('console-domains.leave_with', { name: holder?.name ?? '–' })}
        </button>
        <button
          type="button"
          className={controls.button}
          disabled={decide.isPending}
          onClick={() => decide.mutate('moved')}
        >
          {t('console-domains.give_to', { name: claimant.name })}
        </button>
      </div>
      {decide.error !== null && <p role="alert">{errorText(words, decide.error)}</p>}
    </RailRow>
  )
}

/** Who says what, and since when. */
function Claims({ dispute: { provedAt, claimant, holder } }: { dispute: DomainDispute }) {
  const t = useDomainsT()
  const words = useT()
  return (
    <>
      <p className={styles.sentence}>
        {t('console-domains.claim', {
          name: claimant.name,
          members: claimant.members,
          moment: fullMoment(words, provedAt),
        })}
      </p>
      {holder && (
        <p className={styles.sentence}>
          {t(holder.lostAt === undefined ? 'console-domains.holder' : 'console-domains.holder_lost', {
            name: holder.name,
            members: holder.members,
            domain: holder.domain,
            moment: fullMoment(words, holder.lostAt ?? holder.verifiedAt),
          })}
        </p>
      )}
    </>
  )
}
