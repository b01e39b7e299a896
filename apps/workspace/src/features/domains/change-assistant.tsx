import type { DomainChangePreview, DomainMove, OrganisationDomain } from '@clew/contract/domains'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { domainsApi } from './api.ts'
import { ChangeTable } from './change-table.tsx'
import styles from './domains.module.css'
import { useDomainsT } from './words.ts'

type Props = { domains: readonly OrganisationDomain[]; from: string | undefined; onDone(): void }
type Names = { from: string; to: string }

/** For a company that has another domain now: from which, to which, what becomes of each address, and then all at once. */
export function ChangeAssistant({ domains, from: wished, onDone }: Props) {
  const t = useDomainsT()
  const targets = domains.filter(({ state, name }) => state === 'verified' && name !== wished)
  const [from, setFrom] = useState(wished ?? '')
  const [chosen, setChosen] = useState<string>()
  // A domain may have been verified since the page was opened.
  const to = (targets.find(({ name }) => name === chosen) ?? targets[0])?.name ?? ''
  const [names, setNames] = useState<Names | undefined>(
    wished !== undefined && targets[0] ? { from: wished, to: targets[0].name } : undefined,
  )
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever came here by the button of a domain is taken to what they asked for.
  useEffect(() => {
    if (wished !== undefined) heading.current?.focus()
  }, [wished])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setNames({ from: from.trim(), to })
  }
  return (
    <section className={styles.part} aria-label={t('console-domains.assistant')}>
      <RailRow className={styles.title}>
        <h2 ref={heading} tabIndex={-1}>
          {t('console-domains.assistant')}
        </h2>
        <p className={controls.hint}>{t('console-domains.assistant_what')}</p>
        {targets.length === 0 ? (
          <p className={styles.sentence}>{t('console-domains.assistant_needs')}</p>
        ) : (
          <form className={styles.confirm} onSubmit={onSubmit}>
            <OldDomain domains={domains} value={from} onChange={setFrom} />
            <label>
              <span className={controls.label}>{t('console-domains.assistant_to')}</span>
              <Select boxed value={to} onChange={({ target }) => setChosen(target.value)}>
                {targets.map(({ id, name, shownName }) => (
                  <option key={id} value={name}>
                    {shownName}
                  </option>
                ))}
              </Select>
            </label>
            <button type="submit" className={controls.button} disabled={from.trim() === ''}>
              {t('console-domains.assistant_show')}
            </button>
          </form>
        )}
      </RailRow>
      {names && (
        <Table key={`${names.from} ${names.to}`} names={names} onDone={() => [setNames(undefined), onDone()]} />
      )}
    </section>
  )
}

type OldDomainProps = { domains: readonly OrganisationDomain[]; value: string; onChange(value: string): void }

/** One that is known here, or any other. */
function OldDomain({ domains, value, onChange }: OldDomainProps) {
  const t = useDomainsT()
  return (
    <label>
      <span className={controls.label}>{t('console-domains.assistant_from')}</span>
      <input
        className={controls.field}
        required
        list="known-domains"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id="known-domains">
        {domains.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </label>
  )
}

function Table({ names, onDone }: { names: Names; onDone(): void }) {
  const words = useT()
  const [edits, setEdits] = useState<ReadonlyMap<string, DomainMove>>(new Map())
  const body = { ...names, moves: [...edits.values()] }
  const { data, error, isFetching } = useQuery({
    queryKey: ['domains', 'preview', body],
    queryFn: () => domainsApi.preview(body),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const onEdit = (move: DomainMove) => setEdits((before) => new Map(before).set(move.memberId, move))
  return (
    <RailRow className={styles.after}>
      {error !== null && <p role="alert">{errorText(words, error)}</p>}
      {data === undefined && error === null && <Bones widths={[60, 70, 40]} />}
      {data !== undefined && (
        <>
          <ChangeTable rows={data.rows} onEdit={onEdit} />
          <Apply preview={data} isStale={isFetching || error !== null} onDone={onDone} />
        </>
      )}
    </RailRow>
  )
}

function Apply({ preview, isStale, onDone }: { preview: DomainChangePreview; isStale: boolean; onDone(): void }) {
  const t = useDomainsT()
  const words = useT()
  const queryClient = useQueryClient()
  const { rows, counts, from, to } = preview
  const moves = rows.map(({ memberId, action, after }) => ({ memberId, action, email: after }))
  const apply = useMutation({
    mutationFn: () => domainsApi.apply({ from, to, moves }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['domains'] })
      showToast({ text: t('console-domains.applied', { count: counts.move }) })
      onDone()
    },
  })
  if (rows.length === 0) return <p className={styles.sentence}>{t('console-domains.nobody_there', { domain: from })}</p>
  return (
    <div className={styles.foot}>
      <p>{t('console-domains.apply_effect', { ...counts })}</p>
      {counts.problems > 0 && (
        <Status shape="partial" tone="partial">
          {t('console-domains.apply_problems', { count: counts.problems })}
        </Status>
      )}
      {apply.error !== null && <p role="alert">{errorText(words, apply.error)}</p>}
      <div className={styles.ways}>
        <button
          type="button"
          className={cx(controls.main, controls.large)}
          disabled={isStale || apply.isPending || counts.problems > 0 || counts.move + counts.invite === 0}
          onClick={() => apply.mutate()}
        >
          {t('console-domains.apply', { count: counts.move })}
        </button>
        <button type="button" className={controls.button} onClick={onDone}>
          {t('console-domains.cancel')}
        </button>
        <span className={controls.hint}>{t('console-domains.apply_hint')}</span>
      </div>
    </div>
  )
}
