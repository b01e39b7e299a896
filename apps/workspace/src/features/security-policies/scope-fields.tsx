import type { PolicyValue } from '@clew/contract/security-policies'
import controls from '../../app/ui/controls.module.css'
import { Tick } from './inputs.tsx'
import styles from './policies.module.css'
import { usePoliciesT } from './words.ts'

type Scopes = PolicyValue<'api_keys'>['scopes']
type Scope = NonNullable<Scopes>[number]

/** What a program may be let do, in the order of the console. Importing the contract's list would bring its schemas. */
const scopes = [
  'members.read',
  'members.invite',
  'members.manage',
  'roles.manage',
  'groups.manage',
  'seats.manage',
  'cases.read',
  'usage.read',
  'usage.manage',
  'audit.read',
  'audit.export',
  'provisioning.read',
  'provisioning.manage',
  'policies.read',
  'retention.read',
  'exports.request',
] as const satisfies readonly Scope[]

/** Whatever its maker may do, or only some of it; by the names that a program uses. */
export function ScopeFields({ scopes: chosen, onChange }: { scopes: Scopes; onChange(scopes: Scopes): void }) {
  const t = usePoliciesT()
  const toggle = (scope: Scope, isOn: boolean) =>
    onChange(isOn ? [...(chosen ?? []), scope] : (chosen ?? []).filter((each) => each !== scope))
  return (
    <>
      <Tick
        label={t('console-policies.field_limit_scopes')}
        isOn={chosen !== null}
        onChange={(isOn) => onChange(isOn ? ['members.read'] : null)}
      />
      {chosen !== null && (
        <fieldset className={styles.scopes}>
          <legend className={controls.label}>{t('console-policies.field_scopes')}</legend>
          {scopes.map((scope) => (
            <Tick key={scope} label={scope} isOn={chosen.includes(scope)} onChange={(isOn) => toggle(scope, isOn)} />
          ))}
        </fieldset>
      )}
    </>
  )
}
