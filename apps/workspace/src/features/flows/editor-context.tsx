import type { FlowDetail } from '@clew/contract/flows'
import type { Flow } from '@clew/flows/flow'
import { type FlowProblem, writePath } from '@clew/flows/problems'
import { createContext, useContext } from 'react'
import type { Path } from './document.ts'
import type { EditorAction } from './editor-model.ts'
import { faultText } from './fault-text.ts'
import styles from './fields.module.css'
import { useFlowsT } from './words.ts'

export type EditorScope = {
  flow: Flow
  dispatch(action: EditorAction): void
  faults: readonly FlowProblem[]
  others: FlowDetail['others']
  mayEdit: boolean
}

export const EditorContext = createContext<EditorScope | undefined>(undefined)

export function useEditor(): EditorScope {
  const scope = useContext(EditorContext)
  if (scope === undefined) throw new Error('useEditor outside of the editor')
  return scope
}

/** What is wrong at one place, or within it. */
export function useFaults(path: Path, isWithin = false): readonly FlowProblem[] {
  const { faults } = useEditor()
  const place = writePath(path)
  return faults.filter(
    ({ path: at }) => at === place || (isWithin && (at.startsWith(`${place}.`) || at.startsWith(`${place}[`))),
  )
}

/** Says it under the field; `id` is what the field is described by. */
export function FaultLines({ id, faults }: { id: string; faults: readonly FlowProblem[] }) {
  const t = useFlowsT()
  if (faults.length === 0) return null
  return (
    <span id={id} className={styles.fault}>
      {faults.map((fault) => (
        <span key={`${fault.path} ${fault.code}`}>{faultText(t, fault)}</span>
      ))}
    </span>
  )
}
