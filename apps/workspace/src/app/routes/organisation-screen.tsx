import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { OrganisationEvent, OrganisationLog } from '../../features/audit/organisation-log.tsx'
import { OrganisationHead, OrganisationMembers, useIsCustomer } from '../../features/members/organisation-view.tsx'
import { OrganisationSignInPart } from '../../features/single-sign-on/organisation-sign-in.tsx'
import { TeamDiagnosis } from '../../features/single-sign-on/team-diagnosis.tsx'
import { useSession } from '../session.ts'
import { cx } from '../ui/cx.ts'
import { ledgerClass } from '../ui/rail.tsx'
import sheet from '../ui/sheet.module.css'

/** A customer's organisation as the support team sees it: to help its people, and to change what is the team's to change. */
export function Screen() {
  const { organisationId = '' } = useParams({ strict: false })
  return <Organisation key={organisationId} organisationId={organisationId} />
}

function Organisation({ organisationId }: { organisationId: string }) {
  const { permissions } = useSession()
  const { about } = useSearch({ strict: false })
  const navigate = useNavigate()
  const [openSeq, setOpenSeq] = useState<number>()
  const isThere = useIsCustomer(organisationId)
  const [whom, setWhom] = useState<string>()
  // Somebody's mail address stays out of the page's: the server is sent that one.
  const ask = (asked: string | undefined) => {
    const isAddress = asked?.includes('@') === true
    setWhom(isAddress ? asked : undefined)
    void navigate({
      to: '/console/organisations/$organisationId',
      params: { organisationId },
      search: asked === undefined || isAddress ? {} : { about: asked },
    })
  }
  const onAskOf = (email: string) => {
    ask(email)
    document.getElementById('diagnosis')?.scrollIntoView({ block: 'start' })
  }
  const log = { organisationId, openSeq, onOpen: setOpenSeq }
  return (
    <>
      <main className={sheet.sheet} id="main">
        <div className={cx(ledgerClass, sheet.ledger)}>
          <OrganisationHead organisationId={organisationId} />
          {isThere && (
            <>
              <TeamDiagnosis about={about ?? whom} onAsk={ask} />
              <OrganisationSignInPart organisationId={organisationId} />
              <OrganisationMembers organisationId={organisationId} onAsk={onAskOf} />
              {permissions.includes('organisations.audit') && <OrganisationLog {...log} />}
            </>
          )}
        </div>
      </main>
      <OrganisationEvent {...log} />
    </>
  )
}
