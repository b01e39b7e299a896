import type { SsoConnection, SsoGroupRule, SsoOptions, SsoOverview } from '@clew/contract/single-sign-on'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { givenQuery } from './api.ts'
import { GroupRules } from './group-rules.tsx'
import { RoleSelect, roleValue, valueRole } from './role-select.tsx'
import styles from './sso.module.css'
import { useSave } from './use-save.ts'
import { useSsoT } from './words.ts'

type Draft = { domains: readonly string[]; options: SsoOptions }
type PartProps = { draft: Draft; set(options: Partial<SsoOptions>): void }

/** Who may come through the connection, and what they get. */
export function OptionsForm({ connection, overview }: { connection: SsoConnection; overview: SsoOverview }) {
  const t = useSsoT()
  const words = useT()
  const save = useSave(connection)
  const [draft, setDraft] = useState<Draft>({ domains: connection.domains, options: connection.options })
  const set = (options: Partial<SsoOptions>) => setDraft({ ...draft, options: { ...draft.options, ...options } })
  const verified = overview.domains.filter(({ state }) => state === 'verified' || state === 'lost')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const groupRules = draft.options.groupRules.filter(({ group }) => group.trim() !== '')
    save.mutate({ domains: [...draft.domains], options: { ...draft.options, groupRules } })
  }
  return (
    <section aria-label={t('console-sso.options')}>
      <h3>{t('console-sso.options')}</h3>
      <form className={styles.form} onSubmit={onSubmit}>
        {verified.length > 1 && (
          <DomainTicks
            names={verified.map(({ name }) => name)}
            chosen={draft.domains}
            onChange={(domains) => setDraft({ ...draft, domains })}
          />
        )}
        <Ticks draft={draft} set={set} kind={connection.kind} />
        <Joining draft={draft} set={set} />
        <Mapping draft={draft} set={set} />
        <GroupRules rules={draft.options.groupRules} onChange={(groupRules: SsoGroupRule[]) => set({ groupRules })} />
        <button type="submit" className={controls.button} disabled={save.isPending}>
          {t('console-sso.save')}
        </button>
        <div role="status" className={styles.said}>
          {save.error !== null && (
            <Status shape="major" tone="major">
              {errorText(words, save.error)}
            </Status>
          )}
        </div>
      </form>
    </section>
  )
}

type DomainProps = { names: readonly string[]; chosen: readonly string[]; onChange(names: string[]): void }

function DomainTicks({ names, chosen, onChange }: DomainProps) {
  const t = useSsoT()
  return (
    <fieldset className={styles.fields}>
      <legend>{t('console-sso.serves')}</legend>
      <p className={controls.hint}>{t('console-sso.serves_hint')}</p>
      {names.map((name) => (
        <label key={name} className={styles.tick}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, name] : chosen.filter((each) => each !== name))
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  )
}

function Ticks({ draft: { options }, set, kind }: PartProps & { kind: SsoConnection['kind'] }) {
  const t = useSsoT()
  return (
    <>
      {kind === 'saml' ? (
        <Tick
          label={t('console-sso.idp_initiated')}
          hint={t('console-sso.idp_initiated_hint')}
          isOn={options.allowIdpInitiated}
          onChange={(allowIdpInitiated) => set({ allowIdpInitiated })}
        />
      ) : (
        <Tick
          label={t('console-sso.userinfo')}
          hint={t('console-sso.userinfo_hint')}
          isOn={options.readUserinfo}
          onChange={(readUserinfo) => set({ readUserinfo })}
        />
      )}
      <Tick
        label={t('console-sso.just_in_time')}
        hint={t('console-sso.just_in_time_hint')}
        isOn={options.justInTime}
        onChange={(justInTime) => set({ justInTime })}
      />
    </>
  )
}

function Tick({
  label,
  hint,
  isOn,
  onChange,
}: {
  label: string
  hint: string
  isOn: boolean
  onChange(on: boolean): void
}) {
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      <span>
        {label}
        <span className={controls.hint}> {hint}</span>
      </span>
    </label>
  )
}

function Joining({ draft: { options }, set }: PartProps) {
  const t = useSsoT()
  const { data } = useQuery(givenQuery)
  if (!options.justInTime) return null
  return (
    <div className={styles.pair}>
      <label>
        <span className={controls.label}>{t('console-sso.default_role')}</span>
        <RoleSelect
          value={roleValue({ role: options.defaultRole, customRoleId: options.customRoleId ?? undefined })}
          onChange={(value) => {
            const { role, customRoleId } = valueRole(value)
            set({ defaultRole: role ?? 'member', customRoleId: customRoleId ?? null })
          }}
        />
      </label>
      {data !== undefined && data.seatTypes.length > 0 && (
        <label>
          <span className={controls.label}>{t('console-sso.seat')}</span>
          <Select
            boxed
            value={options.seatTypeId ?? ''}
            onChange={({ target }) => set({ seatTypeId: target.value === '' ? null : target.value })}
          >
            <option value="">{t('console-sso.seat_default')}</option>
            {data.seatTypes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </label>
      )}
    </div>
  )
}

function Mapping({ draft: { options }, set }: PartProps) {
  const t = useSsoT()
  const { mapping } = options
  const names = ['email', 'name', 'groups'] as const
  return (
    <fieldset className={styles.fields}>
      <legend>{t('console-sso.mapping')}</legend>
      <p className={controls.hint}>{t('console-sso.mapping_hint')}</p>
      <div className={styles.pair}>
        {names.map((name) => (
          <label key={name}>
            <span className={controls.label}>{t(`console-sso.mapping_${name}`)}</span>
            <input
              className={controls.field}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              placeholder={t('console-sso.mapping_usual')}
              value={mapping[name]}
              onChange={({ target }) => set({ mapping: { ...mapping, [name]: target.value } })}
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
