import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { teamDiagnosisQuery } from './api.ts'
import { AskAbout } from './ask-about.tsx'
import styles from './sso.module.css'
import { Found, Verdict } from './told-diagnosis.tsx'
import { CauseWords, SsoWords, useSsoT } from './words.ts'

type Props = {
  /** Who is asked about, as the address of the page says. */
  about: string | undefined
  onAsk(about: string | undefined): void
}

/** For the support team: who it is, why they do not get in, and what to tell them. */
export function TeamDiagnosis(props: Props) {
  return (
    <SsoWords waiting={<Bones widths={[50, 40]} />}>
      <CauseWords>
        <Part {...props} />
      </CauseWords>
    </SsoWords>
  )
}

function Part({ about, onAsk }: Props) {
  const t = useSsoT()
  const [typed, setTyped] = useState(about ?? '')
  useEffect(() => setTyped(about ?? ''), [about])
  return (
    <section className={styles.part} id="diagnosis" aria-labelledby="diagnosis-title">
      <RailRow className={styles.title}>
        <h2 id="diagnosis-title">{t('console-sso.diagnosis')}</h2>
      </RailRow>
      <RailRow className={styles.after}>
        <AskAbout about={typed} onChange={setTyped} onAsk={onAsk} />
        {about !== undefined && about !== '' && <Answer about={about} />}
      </RailRow>
    </section>
  )
}

function Answer({ about }: { about: string }) {
  const t = useSsoT()
  const words = useT()
  const { data, error, isFetching, refetch } = useQuery(teamDiagnosisQuery(about))
  return (
    <div className={styles.told}>
      <div role="status">
        {data === undefined && error === null && <p>{t('console-sso.card_loading')}</p>}
        {data !== undefined && <Verdict diagnosis={data} />}
      </div>
      {error !== null && <p role="alert">{errorText(words, error)}</p>}
      {data !== undefined && data.cause !== 'nothing_known' && <Found diagnosis={data} />}
      {!isFetching && (
        <p className={controls.hint}>
          {data?.organisation !== undefined && t('console-sso.card_logged', { organisation: data.organisation.name })}{' '}
          <button type="button" className={controls.link} onClick={() => void refetch()}>
            {t('console-sso.card_again')}
          </button>
        </p>
      )}
    </div>
  )
}
