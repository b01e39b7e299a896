import type { DryRun, ProvisioningChange, WholeProvisioningRequest } from '@clew/contract/provisioning'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { byteSize, duration } from '../../app/sizes.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { Status } from '../../app/ui/status.tsx'
import { provisioningApi, requestQuery } from './api.ts'
import styles from './provisioning.module.css'
import { sentencesOf } from './sentences.ts'
import { useProvisioningT } from './words.ts'

type Props = { connectionId: string; requestId: string; canManage: boolean }

/** One request whole: what was sent, without secrets, and what it would do now. */
export function RequestDetail({ connectionId, requestId, canManage }: Props) {
  const t = useProvisioningT()
  const words = useT()
  const { data, error } = useQuery(requestQuery(connectionId, requestId))
  const dry = useMutation({ mutationFn: () => provisioningApi.dryRun(connectionId, requestId) })
  if (error !== null) return <p role="alert">{errorText(words, error)}</p>
  if (data === undefined) return <Bones widths={[50, 64]} />
  return (
    <div className={styles.detail}>
      <Facts request={data} />
      {data.changes.length > 0 && <Changes title={t('console-provisioning.log_changes')} changes={data.changes} />}
      {data.body !== undefined && (
        <>
          <h3>{t('console-provisioning.log_body')}</h3>
          <pre className={styles.body}>{JSON.stringify(data.body, null, 2)}</pre>
        </>
      )}
      {data.erasedAt !== undefined && <p>{t('console-provisioning.log_erased')}</p>}
      {data.omittedBytes !== undefined && (
        <p className={controls.hint}>
          {t('console-provisioning.log_omitted', { size: byteSize(words, data.omittedBytes) })}
        </p>
      )}
      {canManage && data.canReplay && (
        <button type="button" className={controls.button} disabled={dry.isPending} onClick={() => dry.mutate()}>
          {t(dry.isPending ? 'console-provisioning.dry_running' : 'console-provisioning.dry')}
        </button>
      )}
      <div role="status">
        {dry.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, dry.error)}
          </Status>
        )}
        {dry.data !== undefined && <Dry run={dry.data} />}
      </div>
    </div>
  )
}

function Facts({ request }: { request: WholeProvisioningRequest }) {
  const t = useProvisioningT()
  const words = useT()
  const { status, scimType, durationMs, requestId, address, userAgent, tokenHint, method, path } = request
  return (
    <dl className={styles.facts}>
      <Fact name={`${method}`}>
        <span className={styles.mono}>{path}</span>
      </Fact>
      <Fact name={t('console-provisioning.log_status')}>{[status, scimType].filter(Boolean).join(' ')}</Fact>
      <Fact name={t('console-provisioning.log_took')}>{duration(words, durationMs)}</Fact>
      {tokenHint !== undefined && <Fact name={t('console-provisioning.log_token')}>…{tokenHint}</Fact>}
      {address !== undefined && (
        <Fact name={t('console-provisioning.log_from')}>{[address, userAgent].filter(Boolean).join(', ')}</Fact>
      )}
      <Fact name={t('console-provisioning.log_request')}>
        <CopyButton value={requestId} label={t('console-provisioning.copy_value')} />
      </Fact>
    </dl>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

function Changes({ title, changes }: { title: string; changes: readonly ProvisioningChange[] }) {
  const t = useProvisioningT()
  return (
    <>
      <h3>{title}</h3>
      <ul className={styles.changes}>
        {sentencesOf(t, changes).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  )
}

function Dry({ run: { status, detail = '', changes, isSame } }: { run: DryRun }) {
  const t = useProvisioningT()
  return (
    <div className={styles.dry}>
      <p>
        <Status shape={isSame ? 'ok' : 'degraded'} tone={isSame ? 'ok' : 'degraded'}>
          {t(isSame ? 'console-provisioning.dry_same' : 'console-provisioning.dry_other')}
        </Status>
      </p>
      {status >= 400 && <p>{t('console-provisioning.dry_refused', { status, detail })}</p>}
      {status < 400 && changes.length === 0 && <p>{t('console-provisioning.dry_nothing')}</p>}
      {changes.length > 0 && <Changes title={t('console-provisioning.dry_now')} changes={changes} />}
    </div>
  )
}
