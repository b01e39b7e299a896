import type { PolicyName, PolicyValue, SecurityPolicies } from '@clew/contract/security-policies'
import { useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { History } from './history.tsx'
import styles from './policies.module.css'
import { RuleForm } from './rule-form.tsx'
import { sentenceOf } from './sentences.ts'
import { usePoliciesT } from './words.ts'

type Props<N extends PolicyName> = { name: N; policies: SecurityPolicies }

/** One rule: what holds, in a sentence; opened, the form that changes it. */
export function RuleRow<N extends PolicyName>({ name, policies }: Props<N>) {
  const t = usePoliciesT()
  const words = useT()
  const [draft, setDraft] = useState<{ value: PolicyValue<N>; key: number }>()
  const [isPast, setPast] = useState(false)
  const rule = policies[name]
  const value = rule.value as PolicyValue<N>
  const title = t(`console-policies.rule_${name as PolicyName}`)
  const begin = (from: PolicyValue<N>) =>
    setDraft(({ key } = { value: from, key: 0 }) => ({ value: from, key: key + 1 }))
  return (
    <RailRow as="li" className={styles.line} margin={<Decided isDecided={rule.version > 0} />} aria-label={title}>
      <Head
        title={title}
        isOpen={draft !== undefined}
        onPast={rule.version > 0 ? () => setPast(true) : undefined}
        onChange={policies.canManage ? () => (draft === undefined ? begin(value) : setDraft(undefined)) : undefined}
      />
      <p className={styles.sentence}>{sentenceOf(t, name, value)}</p>
      {rule.updatedAt !== undefined && (
        <p className={controls.hint}>
          {t('console-policies.changed', { moment: fullMoment(words, rule.updatedAt), name: rule.updatedBy ?? '–' })}
        </p>
      )}
      {draft !== undefined && (
        <RuleForm
          key={draft.key}
          name={name}
          policies={policies}
          start={draft.value}
          onDone={() => setDraft(undefined)}
        />
      )}
      {isPast && (
        <History
          name={name}
          title={title}
          onBack={
            policies.canManage
              ? (before) => {
                  setPast(false)
                  begin(before as PolicyValue<N>)
                }
              : undefined
          }
          onClose={() => setPast(false)}
        />
      )}
    </RailRow>
  )
}

type HeadProps = {
  title: string
  isOpen: boolean
  onPast: (() => void) | undefined
  onChange: (() => void) | undefined
}

function Head({ title, isOpen, onPast, onChange }: HeadProps) {
  const t = usePoliciesT()
  return (
    <div className={styles.head}>
      <h3>{title}</h3>
      <span className={styles.push}>
        {onPast && (
          <button
            type="button"
            className={cx(controls.button, styles.quiet)}
            aria-label={t('console-policies.history_of', { rule: title })}
            onClick={onPast}
          >
            {t('console-policies.history')}
          </button>
        )}
        {onChange && (
          <button
            type="button"
            className={controls.button}
            aria-expanded={isOpen}
            aria-label={t('console-policies.change_of', { rule: title })}
            onClick={onChange}
          >
            {t('console-policies.change')}
          </button>
        )}
      </span>
    </div>
  )
}

function Decided({ isDecided }: { isDecided: boolean }) {
  const t = usePoliciesT()
  return isDecided ? (
    <Status shape="ok" tone="ok">
      {t('console-policies.decided')}
    </Status>
  ) : (
    <Status shape="ring" tone="quiet">
      {t('console-policies.default')}
    </Status>
  )
}
