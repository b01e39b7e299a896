import { ClewError } from '@clew/client/http'
import type { PolicyName, PolicyPreview, PolicyValue, SecurityPolicies } from '@clew/contract/security-policies'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { policiesQuery, previewQuery, savePolicy } from './api.ts'
import { confirmationOf, Effects } from './effects.tsx'
import { RuleFields } from './fields.tsx'
import styles from './policies.module.css'
import { isComplete } from './rule-model.ts'
import { usePoliciesT } from './words.ts'

type Props<N extends PolicyName> = {
  name: N
  policies: SecurityPolicies
  /** What the form begins with: what holds, or what held once. */
  start: PolicyValue<N>
  onDone(): void
}

/** Changes one rule. What saving would do stands above the button before the button works. */
export function RuleForm<N extends PolicyName>({ name, policies, start, onDone }: Props<N>) {
  const t = usePoliciesT()
  const words = useT()
  const draft = useRuleDraft({ name, policies, start, onDone })
  const { value, told, phrase, save, isConflict } = draft
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    draft.submit()
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <RuleFields name={name} value={value} onChange={draft.setValue} address={policies.yourAddress} />
      <Told {...draft} />
      {told && phrase !== undefined && <Confirm phrase={phrase} typed={draft.typed} onType={draft.setTyped} />}
      {save.error !== null && <p role="alert">{errorText(words, save.error)}</p>}
      <div className={styles.ways}>
        <button type="submit" className={cx(controls.main, controls.large)} disabled={!draft.maySave}>
          {t('console-policies.save')}
        </button>
        {isConflict && (
          <button type="button" className={controls.button} onClick={draft.keepMine}>
            {t('console-policies.keep_mine')}
          </button>
        )}
        <button type="button" className={controls.button} onClick={onDone}>
          {t('console-policies.cancel')}
        </button>
      </div>
    </form>
  )
}

/** What somebody is changing in one rule, and what saving it would do. */
function useRuleDraft<N extends PolicyName>({ name, policies, start, onDone }: Props<N>) {
  const t = usePoliciesT()
  const now = policies[name]
  const [base, setBase] = useState(now.version)
  const [value, setValue] = useState<PolicyValue<N>>(start)
  const [typed, setTyped] = useState('')
  const isDirty = JSON.stringify(value) !== JSON.stringify(now.value)
  const isReady = isDirty && isComplete(name, value)
  const preview = useQuery(previewQuery(name, value, isReady))
  const save = useSave(name, onDone)
  const told = isReady && !preview.isPlaceholderData ? preview.data : undefined
  const phrase = told && confirmationOf(t, told)
  const isConfirmed = phrase === undefined || typed.trim().toLowerCase() === phrase.toLowerCase()
  const isConflict = save.error instanceof ClewError && save.error.code === 'policy.conflict'
  return {
    value,
    setValue,
    typed,
    setTyped,
    isDirty,
    isReady,
    told,
    phrase,
    failure: isReady ? preview.error : null,
    save,
    isConflict,
    maySave: isSavable(told) && isConfirmed && !save.isPending && !isConflict,
    submit: () => save.mutate({ version: base, value, confirmed: told?.isDangerous === true }),
    /** Goes on from the newest version with what is written here. */
    keepMine: () => {
      setBase(now.version)
      save.reset()
    },
  }
}

type ToldProps = {
  isDirty: boolean
  isReady: boolean
  told: PolicyPreview | undefined
  failure: Error | null
}

function Told({ isDirty, isReady, told, failure }: ToldProps) {
  const t = usePoliciesT()
  const words = useT()
  return (
    <div className={styles.effect} role="status">
      {!isDirty && <p className={controls.hint}>{t('console-policies.no_change')}</p>}
      {isDirty && !isReady && <p className={controls.hint}>{t('console-policies.incomplete')}</p>}
      {failure !== null && <p>{errorText(words, failure)}</p>}
      {isReady && failure === null && told === undefined && <Bones widths={[55]} />}
      {told && <Effects preview={told} />}
    </div>
  )
}

const isSavable = (told: PolicyPreview | undefined): boolean => told !== undefined && !told.isRefused

function useSave<N extends PolicyName>(name: N, onDone: () => void) {
  const t = usePoliciesT()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Parameters<typeof savePolicy<N>>[1]) => savePolicy(name, body),
    onSuccess: (policies) => {
      queryClient.setQueryData(policiesQuery.queryKey, policies)
      void queryClient.invalidateQueries({ queryKey: ['policies', 'changes', name] })
      showToast({ text: t('console-policies.saved') })
      onDone()
    },
    onError: (error) => {
      // What the other has saved is to be seen.
      if (error instanceof ClewError && error.code === 'policy.conflict')
        void queryClient.invalidateQueries({ queryKey: policiesQuery.queryKey, exact: true })
    },
  })
}

function Confirm({ phrase, typed, onType }: { phrase: string; typed: string; onType(text: string): void }) {
  const t = usePoliciesT()
  return (
    <label className={styles.confirm}>
      <span className={controls.label}>
        {t('console-policies.type_to_go_on')} <b className={styles.mono}>{phrase}</b>
      </span>
      <input
        className={controls.field}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => onType(target.value)}
      />
    </label>
  )
}
