import { withoutCode } from '@clew/client/code-blocks'
import type { EarlierValue, Fact } from '@clew/contract/cases'
import type { ReactNode } from 'react'
import { type Translate, useT } from '../../app/i18n.tsx'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { Lines } from '../../app/ui/lines.tsx'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import text from '../../app/ui/text.module.css'

/** The value of one category as a person would write it down. */
export function FactValue({ fact }: { fact: Fact | EarlierValue }): ReactNode {
  const t = useT()
  switch (fact.field) {
    case 'problem':
      return <MaskedText>{withoutCode(fact.value.text)}</MaskedText>
    case 'steps':
      return <Steps steps={fact.value.items} />
    case 'timestamps':
      return <Moment {...fact.value} />
    case 'account':
      return accountText(t, fact.value)
    case 'request_ids':
      return <Ids ids={[...fact.value.requestIds, ...fact.value.completionIds]} />
    case 'visuals':
      return <Visuals count={fact.value.attachmentIds.length} snippets={fact.value.snippets} />
    case 'environment':
      return environmentText(t, fact.value)
    case 'workspace':
      return (
        <Named name={fact.value.name} ids={[fact.value.organisationId, fact.value.workspaceId, fact.value.projectId]} />
      )
    case 'assistant_id':
      return <Named name={fact.value.url} ids={[fact.value.id]} />
    case 'policy_message':
      return <Named name={fact.value.message} ids={[fact.value.requestId]} />
  }
}

type ValueOf<Field extends Fact['field']> = Extract<Fact, { field: Field }>['value']

const listed = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(', ')

function accountText(t: Translate, { email, plan, billingEmail }: ValueOf<'account'>): string {
  const billing = billingEmail === undefined ? undefined : t('workspace.fact_billing', { email: billingEmail })
  return listed(email, plan === undefined ? undefined : t(`workspace.plan_${plan}`), billing)
}

function environmentText(t: Translate, value: ValueOf<'environment'>): string {
  const named = (name: string | undefined, version: string | undefined) => [name, version].filter(Boolean).join(' ')
  const { device, network, vpn, proxy, firewall } = value
  return listed(
    named(value.browser, value.browserVersion),
    named(value.os, value.osVersion),
    device && t(`workspace.device_${device}`),
    network && t(`workspace.network_${network}`),
    vpn === undefined ? undefined : t(vpn ? 'workspace.fact_vpn_on' : 'workspace.fact_vpn_off'),
    proxy === undefined ? undefined : t(proxy ? 'workspace.fact_proxy_on' : 'workspace.fact_proxy_off'),
    firewall ? t('workspace.fact_firewall') : undefined,
  )
}

function Steps({ steps }: { steps: readonly string[] }) {
  if (steps.length === 1) return steps[0]
  return (
    <ol>
      {steps.map((step, index) => (
        // Steps may repeat; their place tells them apart.
        <li key={`${index} ${step}`}>
          {index + 1}. {step}
        </li>
      ))}
    </ol>
  )
}

function Moment({ said, utc, zone }: ValueOf<'timestamps'>) {
  const moment = utc === undefined ? undefined : `${utc.slice(0, 10)} ${utc.slice(11, 19)}`
  // The logs say it in UTC themselves.
  const inUtc = moment === undefined || said.startsWith(moment) ? undefined : `${moment}Z`
  return (
    <>
      {zone === undefined ? said : `${said} (${zone})`} <Quiet>{inUtc}</Quiet>
    </>
  )
}

function Ids({ ids }: { ids: readonly string[] }) {
  const t = useT()
  return (
    <ul>
      {ids.map((id) => (
        <li key={id}>
          <CopyButton value={id} label={t('workspace.copy_value', { value: id })} />
        </li>
      ))}
    </ul>
  )
}

function Visuals({ count, snippets }: { count: number; snippets: readonly string[] }) {
  const t = useT()
  return (
    <>
      {count > 0 && t('workspace.fact_visuals', { count })}
      {snippets.map((snippet) => (
        <Lines key={snippet}>{snippet}</Lines>
      ))}
    </>
  )
}

function Named({ name, ids }: { name: string | undefined; ids: readonly (string | undefined)[] }) {
  return (
    <>
      {name} <Quiet>{ids.filter(Boolean).join(' ')}</Quiet>
    </>
  )
}

const Quiet = ({ children }: { children: string | undefined }) =>
  children ? <span className={cx(text.mono, text.muted, text.nowrap)}>{children}</span> : null
