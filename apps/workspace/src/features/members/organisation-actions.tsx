import type { OrganisationView } from '@clew/contract/members'
import { useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { membersApi, type OrganisationDraft } from './api.ts'
import { InviteOwner } from './invite-owner.tsx'
import styles from './members.module.css'
import { OrganisationForm } from './organisation-form.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

/** What the team does with a customer's organisation: at the head of its page, or quietly in a line. */
export function OrganisationActions({
  organisation,
  isHead = false,
}: {
  organisation: OrganisationView
  isHead?: boolean
}) {
  const t = useMembersT()
  const [mode, setMode] = useState<'edit' | 'owner'>()
  const save = useChange((draft: OrganisationDraft) => membersApi.changeOrganisation(organisation.id, draft), {
    toast: false,
    onDone: () => setMode(undefined),
  })
  if (organisation.kind !== 'customer') return null
  const words = { edit: t('console-members.edit'), owner: t('console-members.org_invite_owner') }
  return (
    <>
      <p className={isHead ? styles.actions : styles.buttons}>
        {(['edit', 'owner'] as const).map((each) => (
          <button
            key={each}
            type="button"
            className={isHead ? controls.button : controls.plain}
            aria-expanded={mode === each}
            onClick={() => setMode(mode === each ? undefined : each)}
          >
            {words[each]}
          </button>
        ))}
      </p>
      {mode === 'edit' && (
        <OrganisationForm organisation={organisation} error={save.error} isBusy={save.isPending} onSave={save.mutate} />
      )}
      {mode === 'owner' && <InviteOwner organisationId={organisation.id} />}
    </>
  )
}
