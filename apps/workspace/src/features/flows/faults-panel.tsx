import controls from '../../app/ui/controls.module.css'
import { useEditor } from './editor-context.tsx'
import { faultText, faultyStep } from './fault-text.ts'
import { stepName } from './names.ts'
import styles from './panels.module.css'
import { useFlowsT } from './words.ts'

/** Everything that is wrong, each with a way to where it is. */
export function FaultsPanel({ onOpen }: { onOpen(id: string | undefined): void }) {
  const t = useFlowsT()
  const { faults, flow } = useEditor()
  return (
    <div className={styles.panel} data-is="faults">
      <h2>{t('flows.faults')}</h2>
      {faults.length === 0 && <p className={styles.quiet}>{t('flows.faults_none')}</p>}
      <ol className={styles.faults}>
        {faults.map((fault) => {
          const index = faultyStep(fault.path)
          const step = index === undefined ? undefined : flow.steps[index]
          return (
            <li key={`${fault.path} ${fault.code}`}>
              <button type="button" className={controls.link} onClick={() => onOpen(step?.id)}>
                {step ? stepName(t, step) : t('flows.whole')}
              </button>
              <span>{faultText(t, fault)}</span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
