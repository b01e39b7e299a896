import { useRef } from 'preact/hooks'
import { Strip } from '../../rail.tsx'
import type { CleaningChoice } from './messages.ts'
import { usePage, useWatched } from './page.ts'
import type { Job } from './session.ts'

const policies = ['standard', 'strict'] as const

/** How thoroughly to clean, in plain words. Changing it cleans the shown file again. */
export function Choices({ job }: { job: Job | undefined }) {
  const { t, session } = usePage()
  const { choice } = useWatched(session)
  const apply = (change: Partial<CleaningChoice>) => session.choose({ ...choice, ...change })
  return (
    <Strip class="stage choices" live>
      <details>
        <summary>{t('har-page.policy_now', { policy: t(`har-page.policy_${choice.policy}`) })}</summary>
        <fieldset>
          <legend class="visually-hidden">{t('har-page.policy')}</legend>
          {policies.map((policy) => (
            <label key={policy} class="choice">
              <input type="radio" name="policy" checked={choice.policy === policy} onChange={() => apply({ policy })} />
              <span>
                {t(`har-page.policy_${policy}`)} <span>{t(`har-page.policy_${policy}_text`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <KeptHosts hosts={choice.keepBodiesOf} onChange={(keepBodiesOf) => apply({ keepBodiesOf })} />
        {job !== undefined && <p class="echo">{t('har-page.policy_again')}</p>}
      </details>
    </Strip>
  )
}

function KeptHosts({ hosts, onChange }: { hosts: readonly string[]; onChange(hosts: readonly string[]): void }) {
  const { t } = usePage()
  const field = useRef<HTMLInputElement>(null)
  const onSubmit = (event: Event) => {
    event.preventDefault()
    onChange((field.current?.value ?? '').split(/[\s,;]+/).filter((host) => host !== ''))
  }
  return (
    <form class="kepthosts" onSubmit={onSubmit}>
      <label for="har-hosts">{t('har-page.keep_hosts')}</label>
      <p class="echo" id="har-hosts-why">
        {t('har-page.keep_hosts_text')}
      </p>
      <div class="btns">
        <input
          ref={field}
          id="har-hosts"
          type="text"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="har-hosts-why"
          placeholder="api.example"
          defaultValue={hosts.join(', ')}
        />
        <button type="submit" class="btn">
          {t('har-page.keep_hosts_apply')}
        </button>
      </div>
    </form>
  )
}
