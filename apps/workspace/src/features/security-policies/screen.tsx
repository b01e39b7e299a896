import type { PolicyName, SecurityPolicies } from '@clew/contract/security-policies'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { policiesQuery } from './api.ts'
import styles from './policies.module.css'
import { RuleRow } from './rule-row.tsx'
import { type PoliciesT, PoliciesWords, usePoliciesT } from './words.ts'

/** What an organisation demands of its people: each rule in a sentence, changed with its effect in sight. */
export function Screen() {
  return (
    <main className={sheet.sheet} id="main">
      <PoliciesWords waiting={<Bones widths={[40, 60]} />}>
        <Whole />
      </PoliciesWords>
    </main>
  )
}

const groups = [
  { group: 'sign_in', rules: ['mfa', 'passwords', 'sessions', 'ip_allow_list'] },
  { group: 'people', rules: ['joining', 'api_keys', 'support'] },
  { group: 'cases', rules: ['attachments', 'har', 'model', 'public_links', 'region'] },
] as const satisfies readonly { group: string; rules: readonly PolicyName[] }[]

/** The team's own captures and model are set up elsewhere; these rules are for the people who ask for help. */
const notForTheTeam: ReadonlySet<PolicyName> = new Set(['har', 'model', 'support'])

function Whole() {
  const t = usePoliciesT()
  const words = useT()
  const { organisation } = useSession()
  const { data, error, refetch } = useQuery(policiesQuery)
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head}>
        <h1>{t('console-policies.title')}</h1>
        <p className={text.effect}>{data === undefined ? t('console-policies.loading') : leadOf(t, data)}</p>
        {data?.canManage === false && <p className={controls.hint}>{t('console-policies.read_only')}</p>}
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {words('workspace.try_again')}
          </button>
        </RailRow>
      )}
      {data === undefined && error === null && (
        <RailRow className={sheet.part}>
          <Bones widths={[45, 70, 52, 61]} />
        </RailRow>
      )}
      {data !== undefined &&
        groups.map(({ group, rules }) => (
          <section key={group} className={styles.part} aria-label={t(`console-policies.group_${group}`)}>
            <RailRow className={styles.title}>
              <h2>{t(`console-policies.group_${group}`)}</h2>
            </RailRow>
            <ul>
              {rules
                .filter((name) => organisation.kind === 'customer' || !notForTheTeam.has(name))
                .map((name) => (
                  <RuleRow key={name} name={name} policies={data} />
                ))}
            </ul>
          </section>
        ))}
    </div>
  )
}

/** What matters most of all the rules, in one sentence. */
function leadOf(t: PoliciesT, { mfa, sessions, ip_allow_list: addresses }: SecurityPolicies): string {
  return t('console-policies.lead', {
    mfa: mfa.value.mode,
    days: Math.round(sessions.value.absoluteHours / 24),
    ranges: addresses.value.ranges.length,
  })
}
