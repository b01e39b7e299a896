import type { SsoGroupRule } from '@clew/contract/single-sign-on'
import { useQuery } from '@tanstack/react-query'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { givenQuery } from './api.ts'
import { RoleSelect, roleValue, valueRole } from './role-select.tsx'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

type Props = { rules: readonly SsoGroupRule[]; onChange(rules: SsoGroupRule[]): void }

/** What being in a group of the identity provider gives here. The first role that fits is taken. */
export function GroupRules({ rules, onChange }: Props) {
  const t = useSsoT()
  const put = (index: number, rule: SsoGroupRule) => onChange(rules.map((each, i) => (i === index ? rule : each)))
  return (
    <fieldset className={styles.fields}>
      <legend>{t('console-sso.rules')}</legend>
      <p className={controls.hint}>{t('console-sso.rules_hint')}</p>
      {rules.map((rule, index) => (
        <RuleRow
          // A rule has no id; its place is what it is.
          key={`rule ${index}`}
          rule={rule}
          onChange={(changed) => put(index, changed)}
          onRemove={() => onChange(rules.filter((_, i) => i !== index))}
        />
      ))}
      <button type="button" className={controls.button} onClick={() => onChange([...rules, { group: '' }])}>
        {t('console-sso.rule_add')}
      </button>
    </fieldset>
  )
}

function RuleRow({
  rule,
  onChange,
  onRemove,
}: {
  rule: SsoGroupRule
  onChange(rule: SsoGroupRule): void
  onRemove(): void
}) {
  const t = useSsoT()
  const { group, groupId } = rule
  const kept = groupId === undefined ? {} : { groupId }
  const role = valueRole(roleValue(rule))
  return (
    <div className={styles.rule}>
      <label>
        <span className={controls.label}>{t('console-sso.rule_group')}</span>
        <input
          className={controls.field}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={group}
          onChange={({ target }) => onChange({ ...rule, group: target.value })}
        />
      </label>
      <label>
        <span className={controls.label}>{t('console-sso.rule_role')}</span>
        <RoleSelect
          value={roleValue(rule)}
          none={t('console-sso.rule_nothing')}
          onChange={(value) => onChange({ group, ...valueRole(value), ...kept })}
        />
      </label>
      <IntoGroup
        groupId={groupId}
        onChange={(id) => onChange({ group, ...role, ...(id === '' ? {} : { groupId: id }) })}
      />
      <button
        type="button"
        className={controls.plain}
        onClick={onRemove}
        aria-label={t('console-sso.rule_remove_of', { group })}
      >
        {t('console-sso.rule_remove')}
      </button>
    </div>
  )
}

/** One of the groups that the organisation makes itself. */
function IntoGroup({ groupId, onChange }: { groupId: string | undefined; onChange(id: string): void }) {
  const t = useSsoT()
  const { data } = useQuery(givenQuery)
  const own = data?.groups.filter(({ connection }) => connection === null) ?? []
  return (
    <label>
      <span className={controls.label}>{t('console-sso.rule_into')}</span>
      <Select boxed value={groupId ?? ''} onChange={({ target }) => onChange(target.value)}>
        <option value="">{t('console-sso.rule_nothing')}</option>
        {own.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </label>
  )
}
