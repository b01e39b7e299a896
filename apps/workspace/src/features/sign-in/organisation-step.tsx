import type { OrganisationChoice } from '@clew/contract/sign-in'
import { useMutation } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { type Entered, entranceApi } from '../../app/sign-in/api.ts'
import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './entrance.module.css'
import { Entrance, Problem } from './entrance.tsx'

type Props = { organisations: readonly OrganisationChoice[]; onEntered(entered: Entered): void; onBack(): void }

/** As whose member: the address belongs to several organisations. */
export function OrganisationStep({ organisations, onEntered, onBack }: Props) {
  const t = useSignInT()
  const words = useT()
  const choose = useMutation({ mutationFn: entranceApi.choose, onSuccess: onEntered })
  return (
    <Entrance title={t('console-sign-in.choose_title')} lead={t('console-sign-in.choose_lead')}>
      <ul className={styles.choices}>
        {organisations.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              className={cx(controls.button, controls.large)}
              disabled={choose.isPending}
              onClick={() => choose.mutate(id)}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      {choose.error !== null && <Problem>{errorText(words, choose.error)}</Problem>}
      <p className={styles.other}>
        <button type="button" className={controls.link} onClick={onBack}>
          {t('console-sign-in.back_to_sign_in')}
        </button>
      </p>
    </Entrance>
  )
}
