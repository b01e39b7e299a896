import type { FactValue } from '@clew/contract/cases'
import type { ReactNode } from 'react'
import { type Translate, useT } from '../../app/i18n.tsx'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import text from '../../app/ui/text.module.css'

/** The value of one category as a person would write it down. */
export function FactValueText({ value }: { value: FactValue }) {
  const t = useT()
  return describe(t, value)
}

function describe(t: Translate, value: FactValue): ReactNode {
  switch (value.field) {
    case 'problem':
      return value.text
    case 'steps':
      return <Steps steps={value.steps} />
    case 'timestamps':
      return <Moment said={value.said} utc={value.utc} zone={value.zone} />
    case 'account':
      return listed(value.email, value.plan, value.billingEmail && t('workspace.fact_billing', { email: value.billingEmail }))
    case 'request_ids':
      return <Ids ids={[...value.requestIds, ...value.completionIds]} />
    case 'visuals':
      return listed(t('workspace.fact_visuals', { count: value.fileIds.length }), value.note)
    case 'environment':
      return environment(t, value)
    case 'workspace':
      return <Named name={value.name} id={value.id} />
    case 'assistant_id':
      return <Named name={value.link} id={value.id} />
    case 'policy_message':
      return <Named name={value.text} id={value.requestId} />
  }
}

const listed = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(', ')

function environment(t: Translate, value: Extract<FactValue, { field: 'environment' }>): string {
  const named = (name: string | undefined, version: string | undefined) => [name, version].filter(Boolean).join(' ')
  const vpn = value.vpn === undefined ? undefined : t(value.vpn ? 'workspace.fact_vpn_on' : 'workspace.fact_vpn_off')
  return listed(named(value.browser, value.browserVersion), named(value.os, value.osVersion), value.device, value.network, vpn)
}

function Steps({ steps }: { steps: readonly string[] }) {
  if (steps.length === 1) return steps[0]
  return (
    <ol>
      {steps.map((step, index) => (
        <li key={`${index} ${step}`}>
          {index + 1}. {step}
        </li>
      ))}
    </ol>
  )
}

function Moment({ said, utc, zone }: { said: string; utc: string | undefined; zone: string | undefined }) {
  const inUtc = utc === undefined ? undefined : `${utc.slice(0, 10)} ${utc.slice(11, 19)}Z`
  return (
    <>
      {said}
      {zone !== undefined && ` (${zone})`} {inUtc !== undefined && <span className={`${text.mono} ${text.muted}`}>{inUtc}</span>}
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

function Named({ name, id }: { name: string | undefined; id: string | undefined }) {
  return (
    <>
      {name} {id !== undefined && <span className={`${text.mono} ${text.muted}`}>{id}</span>}
    </>
  )
}
