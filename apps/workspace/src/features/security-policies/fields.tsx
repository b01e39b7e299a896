import type { PolicyName, PolicyValue } from '@clew/contract/security-policies'
import type { ReactNode } from 'react'
import controls from '../../app/ui/controls.module.css'
import { AddressFields } from './address-fields.tsx'
import { Choice, Count, Many, Tick } from './inputs.tsx'
import { ScopeFields } from './scope-fields.tsx'
import { usePoliciesT } from './words.ts'

type Fields<N extends PolicyName> = {
  value: PolicyValue<N>
  onChange(value: PolicyValue<N>): void
  address: string | undefined
}

/** The fields of one rule. */
export function RuleFields<N extends PolicyName>({ name, ...fields }: Fields<N> & { name: N }) {
  const Of = fieldsOf[name] as (fields: Fields<N>) => ReactNode
  return <Of {...fields} />
}

const fieldsOf: { [N in PolicyName]: (fields: Fields<N>) => ReactNode } = {
  mfa: MfaFields,
  passwords: PasswordFields,
  sessions: SessionFields,
  ip_allow_list: AddressFields,
  joining: JoiningFields,
  api_keys: KeyFields,
  attachments: AttachmentFields,
  har: HarFields,
  model: ModelFields,
  public_links: LinkFields,
  support: SupportFields,
  region: RegionFields,
}

function MfaFields({ value, onChange }: Fields<'mfa'>) {
  const t = usePoliciesT()
  return (
    <>
      <Tick
        label={t('console-policies.field_mfa')}
        isOn={value.mode === 'required'}
        onChange={(isOn) => onChange({ ...value, mode: isOn ? 'required' : 'off' })}
      />
      {value.mode === 'required' && (
        <Count
          label={t('console-policies.field_grace')}
          value={value.graceDays}
          range={[0, 30]}
          onChange={(graceDays) => onChange({ ...value, graceDays })}
        />
      )}
    </>
  )
}

const ways = ['password', 'passkey', 'magic_link'] as const

function PasswordFields({ value, onChange }: Fields<'passwords'>) {
  const t = usePoliciesT()
  return (
    <>
      <Many
        label={t('console-policies.field_ways')}
        choice={ways.map((way) => ({ value: way, label: t(`console-policies.option_${way}`) }))}
        chosen={value.ways}
        onChange={(chosen) => onChange({ ...value, ways: chosen })}
      />
      <Count
        label={t('console-policies.field_length')}
        value={value.minLength}
        range={[12, 64]}
        onChange={(minLength) => onChange({ ...value, minLength })}
      />
    </>
  )
}

function SessionFields({ value, onChange }: Fields<'sessions'>) {
  const t = usePoliciesT()
  return (
    <>
      <Count
        label={t('console-policies.field_idle')}
        value={value.idleMinutes}
        range={[5, 43_200]}
        onChange={(idleMinutes) => onChange({ ...value, idleMinutes })}
      />
      <Count
        label={t('console-policies.field_absolute')}
        value={value.absoluteHours}
        range={[1, 2_160]}
        onChange={(absoluteHours) => onChange({ ...value, absoluteHours })}
      />
    </>
  )
}

function JoiningFields({ value, onChange }: Fields<'joining'>) {
  const t = usePoliciesT()
  return (
    <>
      <Tick
        label={t('console-policies.field_foreign')}
        isOn={value.foreignDomains === 'blocked'}
        onChange={(isOn) => onChange({ ...value, foreignDomains: isOn ? 'blocked' : 'allowed' })}
      />
      <Tick
        label={t('console-policies.field_auto_join')}
        isOn={value.autoJoin}
        onChange={(autoJoin) => onChange({ ...value, autoJoin })}
      />
      <Tick
        label={t('console-policies.field_requests')}
        isOn={value.requests}
        onChange={(requests) => onChange({ ...value, requests })}
      />
    </>
  )
}

function KeyFields({ value, onChange }: Fields<'api_keys'>) {
  const t = usePoliciesT()
  return (
    <>
      <Count
        label={t('console-policies.field_key_days')}
        value={value.maxDays}
        range={[1, 730]}
        onChange={(maxDays) => onChange({ ...value, maxDays })}
      />
      <Tick
        label={t('console-policies.field_service')}
        isOn={value.serviceAccountsOnly}
        onChange={(serviceAccountsOnly) => onChange({ ...value, serviceAccountsOnly })}
      />
      <ScopeFields scopes={value.scopes} onChange={(scopes) => onChange({ ...value, scopes })} />
    </>
  )
}

const kinds = ['pictures', 'documents', 'text', 'archives', 'media', 'other'] as const

function AttachmentFields({ value, onChange }: Fields<'attachments'>) {
  const t = usePoliciesT()
  return (
    <>
      <Many
        label={t('console-policies.field_kinds')}
        choice={kinds.map((kind) => ({ value: kind, label: t(`console-policies.option_${kind}`) }))}
        chosen={value.kinds}
        onChange={(chosen) => onChange({ ...value, kinds: chosen })}
      />
      <Count
        label={t('console-policies.field_size')}
        value={value.maxMb}
        range={[1, 100_000]}
        onChange={(maxMb) => onChange({ ...value, maxMb })}
      />
      <p className={controls.hint}>{t('console-policies.hint_attachments')}</p>
    </>
  )
}

function HarFields({ value, onChange }: Fields<'har'>) {
  const t = usePoliciesT()
  return (
    <Choice
      label={t('console-policies.field_level')}
      choice={(['standard', 'strict'] as const).map((level) => ({
        value: level,
        label: t(`console-policies.option_${level}`),
      }))}
      value={value.level}
      onChange={(level) => onChange({ level })}
    />
  )
}

function ModelFields({ value, onChange }: Fields<'model'>) {
  const t = usePoliciesT()
  return (
    <>
      <Tick
        label={t('console-policies.field_model')}
        isOn={value.allowed}
        onChange={(allowed) => onChange({ ...value, allowed })}
      />
      <Tick
        label={t('console-policies.field_zero_retention')}
        isOn={value.zeroRetention}
        isOff={!value.allowed}
        onChange={(zeroRetention) => onChange({ ...value, zeroRetention })}
      />
    </>
  )
}

function LinkFields({ value, onChange }: Fields<'public_links'>) {
  const t = usePoliciesT()
  return (
    <>
      <Tick
        label={t('console-policies.field_links')}
        isOn={value.allowed}
        onChange={(allowed) => onChange({ ...value, allowed })}
      />
      {value.allowed && (
        <>
          <Count
            label={t('console-policies.field_link_days')}
            value={value.maxDays}
            range={[1, 90]}
            onChange={(maxDays) => onChange({ ...value, maxDays })}
          />
          <Tick
            label={t('console-policies.field_link_password')}
            isOn={value.passwordRequired}
            onChange={(passwordRequired) => onChange({ ...value, passwordRequired })}
          />
        </>
      )}
    </>
  )
}

function SupportFields({ value, onChange }: Fields<'support'>) {
  const t = usePoliciesT()
  return (
    <Tick
      label={t('console-policies.field_support')}
      isOn={value.mayRepairSignIns}
      onChange={(mayRepairSignIns) => onChange({ mayRepairSignIns })}
    />
  )
}

function RegionFields({ value, onChange }: Fields<'region'>) {
  const t = usePoliciesT()
  return (
    <label>
      <span className={controls.label}>{t('console-policies.field_region')}</span>
      <input
        className={controls.field}
        maxLength={60}
        value={value.label}
        onChange={({ target }) => onChange({ label: target.value })}
      />
    </label>
  )
}
