import type { PolicyChange, PolicyName, PolicyValue } from '@clew/contract/security-policies'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, shortMoment, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { knotClass, RailRow, sideLedgerClass } from '../../app/ui/rail.tsx'
import { changesQuery } from './api.ts'
import { EffectLine } from './effects.tsx'
import styles from './policies.module.css'
import { sentenceOf } from './sentences.ts'
import { usePoliciesT } from './words.ts'

type Props = {
  name: PolicyName
  title: string
  /** Begins the form with what held before a change, so that its effect is seen before it is undone. */
  onBack: ((before: unknown) => void) | undefined
  onClose(): void
}

/** Who changed a rule, the newest first, beside the page. */
export function History({ name, title, onBack, onClose }: Props) {
  const t = usePoliciesT()
  const words = useT()
  const id = useId()
  const drawer = useRef<HTMLDialogElement>(null)
  const { data, error } = useQuery(changesQuery(name))
  useEffect(() => {
    if (drawer.current?.open === false) drawer.current.showModal()
  }, [])
  return (
    <dialog ref={drawer} className={styles.drawer} aria-labelledby={id} onClose={onClose}>
      <div className={styles.drawerHead}>
        <h2 id={id}>{t('console-policies.history_title', { rule: title })}</h2>
        <button type="button" className={controls.button} onClick={() => drawer.current?.close()}>
          {t('console-policies.close')}
        </button>
      </div>
      {error !== null && <p role="alert">{errorText(words, error)}</p>}
      {data === undefined && error === null && <Bones widths={[70, 50]} />}
      <ol className={sideLedgerClass}>
        {data?.changes.map((change) => (
          <ChangeRow key={change.version} name={name} change={change} onBack={onBack} />
        ))}
      </ol>
    </dialog>
  )
}

function ChangeRow({ name, change, onBack }: { name: PolicyName; change: PolicyChange; onBack: Props['onBack'] }) {
  const t = usePoliciesT()
  const words = useT()
  const now = useNow()
  const margin = (
    <>
      <time dateTime={change.at} title={fullMoment(words, change.at)}>
        {shortMoment(words, change.at, now)}
      </time>
      <span className={knotClass} />
    </>
  )
  return (
    <RailRow as="li" className={styles.change} margin={margin}>
      <b>{change.by?.name ?? '–'}</b>
      <p>{sentenceOf(t, name, change.after as PolicyValue<typeof name>)}</p>
      <ul className={styles.past}>
        {change.effects.map((effect) => (
          <li key={effect.code}>
            <EffectLine effect={effect} />
          </li>
        ))}
      </ul>
      {onBack && (
        <button type="button" className={controls.link} onClick={() => onBack(change.before)}>
          {t('console-policies.undo')}
        </button>
      )}
    </RailRow>
  )
}
