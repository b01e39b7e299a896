import type { OrganisationDomain } from '@clew/contract/domains'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { domainsApi, domainsQuery, removalQuery } from './api.ts'
import styles from './domains.module.css'
import { useDomainsT } from './words.ts'

/** What taking a domain away would do, and the way to do it: by typing whom it is about. */
export function RemoveDomain({ domain, onDone }: { domain: OrganisationDomain; onDone(): void }) {
  const t = useDomainsT()
  const words = useT()
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState('')
  const preview = useQuery(removalQuery(domain.id))
  const remove = useMutation({
    mutationFn: () => domainsApi.remove(domain.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: domainsQuery.queryKey })
      showToast({ text: t('console-domains.removed', { domain: domain.shownName }) })
      onDone()
    },
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    remove.mutate()
  }
  const failed = preview.error ?? remove.error
  return (
    <div className={styles.locked}>
      {failed !== null && <p role="alert">{errorText(words, failed)}</p>}
      {preview.data !== undefined && (
        <p>
          <Status shape="partial" tone="partial">
            {t(preview.data.withoutSso > 0 ? 'console-domains.removal_sso' : 'console-domains.removal', {
              members: preview.data.members,
              count: preview.data.withoutSso,
            })}
          </Status>
        </p>
      )}
      {preview.data?.joinsByItself === true && <p>{t('console-domains.removal_joins')}</p>}
      <form className={styles.confirm} onSubmit={onSubmit}>
        <label>
          <span className={controls.label}>
            {t('console-domains.type_to_go_on')} <b className={styles.mono}>{domain.name}</b>
          </span>
          <input
            className={controls.field}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <button
          type="submit"
          className={styles.danger}
          disabled={typed.trim().toLowerCase() !== domain.name || preview.data === undefined || remove.isPending}
        >
          {t('console-domains.remove')}
        </button>
        <button type="button" className={controls.button} onClick={onDone}>
          {t('console-domains.cancel')}
        </button>
      </form>
    </div>
  )
}
