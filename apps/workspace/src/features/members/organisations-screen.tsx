import type { OrganisationView } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { membersApi, type OrganisationDraft, organisationsQuery } from './api.ts'
import styles from './members.module.css'
import { OrganisationActions } from './organisation-actions.tsx'
import { OrganisationForm } from './organisation-form.tsx'
import { Head, Page, Pending } from './page.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

/** For the support team: the organisations of its customers. */
export function Screen() {
  return (
    <Page>
      <Organisations />
    </Page>
  )
}

function Organisations() {
  const t = useMembersT()
  const words = useT()
  const { data, error, refetch } = useQuery(organisationsQuery)
  const [made, setMade] = useState(0)
  const open = useChange(
    (draft: OrganisationDraft & { ownerEmail?: string }) =>
      membersApi.openOrganisation({ ...draft, locale: words.locale }),
    {
      toast: false,
      onDone: ({ organisation }) => {
        showToast({ text: t('console-members.org_opened', { name: organisation.name }) })
        setMade((count) => count + 1)
      },
    },
  )
  const customers = data?.organisations.filter(({ kind }) => kind === 'customer').length
  return (
    <>
      <Head
        title={t('console-members.orgs_title')}
        margin={customers}
        lead={
          customers === undefined ? t('console-members.loading') : t('console-members.orgs_lead', { count: customers })
        }
      />
      {data === undefined && <Pending error={error} onRetry={() => void refetch()} />}
      {data && <List organisations={data.organisations} />}
      <RailRow as="section" className={sheet.part} margin={t('console-members.margin_new')}>
        <h2>{t('console-members.org_new')}</h2>
        <OrganisationForm key={made} error={open.error} isBusy={open.isPending} onSave={open.mutate} />
        {open.data?.ownerLink && (
          <p className={styles.result}>
            {t('console-members.org_owner_link')}{' '}
            <CopyButton value={open.data.ownerLink} label={t('console-members.invite_copy')} />
          </p>
        )}
      </RailRow>
    </>
  )
}

/** So many are seen at a glance; of more one looks for the one. */
const fewOrganisations = 8

function List({ organisations }: { organisations: readonly OrganisationView[] }) {
  const t = useMembersT()
  const [typed, setTyped] = useState('')
  const q = typed.trim().toLocaleLowerCase()
  const found = organisations.filter(({ name, slug }) => `${name} ${slug}`.toLocaleLowerCase().includes(q))
  return (
    <RailRow className={sheet.part}>
      {organisations.length > fewOrganisations && (
        <label className={styles.findHere}>
          <span className={controls.label}>{t('console-members.org_find')}</span>
          <input
            className={controls.field}
            type="search"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
      )}
      {found.length === 0 && (
        <p className={controls.hint} role="status">
          {t('console-members.none_found')}
        </p>
      )}
      <ul className={styles.lines}>
        {found.map((organisation) => (
          <Line key={organisation.id} organisation={organisation} />
        ))}
      </ul>
    </RailRow>
  )
}

function Line({ organisation }: { organisation: OrganisationView }) {
  const t = useMembersT()
  const { id, name, slug, kind, region, members, owners, seats } = organisation
  const facts = [
    slug,
    t('console-members.org_people', { count: members }),
    ...(seats === null || seats.limit === null
      ? []
      : [t('console-members.seat_use', { used: seats.used, limit: seats.limit })]),
    ...(region === null ? [] : [region]),
    ...(kind === 'support' ? [t('console-members.org_is_team')] : []),
    ...(owners === 0 ? [t('console-members.org_no_owner')] : []),
  ]
  return (
    <li className={styles.line}>
      <div>
        {kind === 'customer' ? (
          <Link to="/console/organisations/$organisationId" params={{ organisationId: id }}>
            <b>{name}</b>
          </Link>
        ) : (
          <b>{name}</b>
        )}
        <p className={controls.hint}>{facts.join(' · ')}</p>
      </div>
      <OrganisationActions organisation={organisation} />
    </li>
  )
}
