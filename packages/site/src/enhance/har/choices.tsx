import { Strip } from '../../rail.tsx'
import type { CleaningChoice } from './messages.ts'
import { usePage, useWatched } from './page.ts'
import type { Job } from './session.ts'

const policies = ['standard', 'strict'] as const

/** How thoroughly to clean, in plain words. Changing it cleans the shown file again. */
export function Choices({ job }: { job: Job | undefined }) {
  const { t, session } = usePage()
  const { choice } = useWatched(session)
  const { policy: least, keepBodiesOf: offered, rules } = session.operator.sanitising
  const isStrict = least === 'strict'
  const apply = (change: Partial<CleaningChoice>) => session.choose({ ...choice, ...change })
  return (
    <Strip class="stage choices" live>
      <details>
        <summary>{t('har-page.policy_now', { policy: t(`har-page.policy_${choice.policy}`) })}</summary>
        <fieldset>
          <legend class="visually-hidden">{t('har-page.policy')}</legend>
          {policies.map((policy) => (
            <label key={policy} class="choice">
              <input
                type="radio"
                name="policy"
                checked={choice.policy === policy}
                disabled={isStrict && policy !== least}
                onChange={() => apply({ policy })}
              />
              <span>
                {t(`har-page.policy_${policy}`)} <span>{t(`har-page.policy_${policy}_text`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {isStrict && <p class="echo">{t(`har-page.policy_of_${session.operator.demandedBy ?? 'site'}`)}</p>}
        <KeptHosts offered={offered} kept={choice.keepBodiesOf} onChange={(keepBodiesOf) => apply({ keepBodiesOf })} />
        {rules.length > 0 && <p class="echo">{t('har-page.rules_of_site', { count: rules.length })}</p>}
        {job !== undefined && <p class="echo">{t('har-page.policy_again')}</p>}
      </details>
    </Strip>
  )
}

type KeptHostsProps = { offered: readonly string[]; kept: readonly string[]; onChange(hosts: readonly string[]): void }

/** Hosts whose contents this site keeps readable. The reader may take any of them out. */
function KeptHosts({ offered, kept, onChange }: KeptHostsProps) {
  const { t } = usePage()
  if (offered.length === 0) return null
  return (
    <fieldset class="kepthosts">
      <legend>{t('har-page.keep_hosts')}</legend>
      <p class="echo">{t('har-page.keep_hosts_text')}</p>
      {offered.map((host) => (
        <label key={host} class="choice">
          <input
            type="checkbox"
            checked={kept.includes(host)}
            onChange={({ currentTarget }) =>
              onChange(currentTarget.checked ? [...kept, host] : kept.filter((each) => each !== host))
            }
          />
          <span>
            <code>{host}</code>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
