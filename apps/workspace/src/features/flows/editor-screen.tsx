import type { FlowDetail } from '@clew/contract/flows'
import type { Flow } from '@clew/flows/flow'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { flowQuery } from './api.ts'
import { Canvas } from './canvas.tsx'
import { EditorContext } from './editor-context.tsx'
import { EditorHead } from './editor-head.tsx'
import { FaultsPanel } from './faults-panel.tsx'
import { FlowPanel } from './flow-panel.tsx'
import styles from './flows.module.css'
import { HistoryPanel } from './history-panel.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { AskDialog, PublishDialog } from './publish-dialog.tsx'
import { StepPanel } from './step-panel.tsx'
import { type Editing, useEditing } from './use-editing.ts'
import { type Doing, useFlowActions } from './use-flow-actions.ts'
import { useUndoKeys } from './use-undo-keys.ts'
import { type Tab, tabs, useWorkbench } from './use-workbench.ts'
import { FlowsWords, useFlowsT } from './words.ts'

// What reads typed words comes when somebody tries a flow.
const TrialPanel = lazy(async () => ({ default: (await import('./trial-panel.tsx')).TrialPanel }))

/** One flow: its steps as cards, and beside them the step that is open, a test run, what is wrong, or the versions. */
export function EditorScreen({ flowId }: { flowId: string }) {
  const workspace = useT()
  const { data, error } = useQuery(flowQuery(flowId))
  return (
    <main id="main" className={styles.editor} tabIndex={-1}>
      <FlowsWords waiting={<Bones widths={[40, 70, 60]} />}>
        {error !== null && data === undefined && <NotThere text={errorText(workspace, error)} />}
        {error === null && data === undefined && <Bones widths={[40, 70, 60]} />}
        {data && <Editor key={data.id} detail={data} />}
      </FlowsWords>
    </main>
  )
}

function NotThere({ text }: { text: string }) {
  const t = useFlowsT()
  return (
    <div className={styles.failed} role="alert">
      <p>{text}</p>
      <Link to="/flows">{t('flows.flows')}</Link>
    </div>
  )
}

function Editor({ detail }: { detail: FlowDetail }) {
  const editing = useEditing(detail)
  const { editor, dispatch, faults, isDirty, basedOn } = editing
  const { present: flow } = editor
  const [asking, setAsking] = useState<Asking>()
  const doing = useFlowActions({ detail, basedOn, onTaken: editing.settle })
  const workbench = useWorkbench(editing)
  useUndoKeys(dispatch, detail.mayEdit)
  const scope = useMemo(
    () => ({ flow, dispatch, faults, others: detail.others, mayEdit: detail.mayEdit }),
    [flow, dispatch, faults, detail],
  )
  return (
    <EditorContext value={scope}>
      <EditorHead
        {...{ detail, editing, doing }}
        onPublish={() => setAsking('publish')}
        onOpenFlow={() => workbench.open(undefined)}
      />
      <div className={styles.split}>
        <Canvas
          selected={editor.selected}
          current={workbench.standing.current}
          passed={workbench.standing.passed}
          changes={workbench.marks}
          onOpen={workbench.open}
          onRemove={workbench.remove}
          onAdd={workbench.add}
        />
        <Side {...{ detail, editing, doing, workbench }} onAsk={setAsking} />
      </div>
      <Asked {...{ asking, detail, flow, isDirty, doing }} onClose={() => setAsking(undefined)} />
      <LeaveGuard isDirty={isDirty} />
    </EditorContext>
  )
}

type SideProps = {
  detail: FlowDetail
  editing: Editing
  doing: Doing
  workbench: ReturnType<typeof useWorkbench>
  onAsk(what: Asking): void
}

function Side({ detail, editing, doing, workbench, onAsk }: SideProps) {
  const t = useFlowsT()
  const { brand } = useSession()
  const { tab, open, remove } = workbench
  const { editor, faults, isDirty } = editing
  const { present: flow, selected } = editor
  return (
    <aside className={styles.side} aria-label={t('flows.side')}>
      <Tabs tab={tab} onTab={workbench.setTab} faultCount={faults.length} />
      <div className={styles.sideBody} role="tabpanel" id="flow-panel" aria-labelledby={`flow-tab-${tab}`}>
        {tab === 'step' && selected !== undefined && <StepPanel key={selected} id={selected} onRemove={remove} />}
        {tab === 'step' && selected === undefined && <FlowPanel />}
        {tab === 'trial' && (
          <Suspense fallback={<Bones widths={[40, 70, 60]} />}>
            <TrialPanel flow={flow} isFaulty={faults.length > 0} brand={brand} onStand={workbench.setStanding} />
          </Suspense>
        )}
        {tab === 'faults' && <FaultsPanel onOpen={open} />}
        {tab === 'history' && (
          <HistoryPanel {...{ detail, flow, isDirty, doing, onAsk }} onMark={workbench.setMarks} onOpen={open} />
        )}
      </div>
    </aside>
  )
}

type Asking = 'publish' | 'unpublish' | 'disable' | 'reset'
type AskedProps = {
  asking: Asking | undefined
  detail: FlowDetail
  flow: Flow
  isDirty: boolean
  doing: Doing
  onClose(): void
}

function Asked({ asking, detail, flow, isDirty, doing, onClose }: AskedProps) {
  if (asking === undefined) return null
  if (asking === 'publish') {
    const publish = (note: string) => {
      onClose()
      doing.publish(isDirty ? flow : undefined, note)
    }
    return <PublishDialog {...{ detail, flow, isDirty, isBusy: doing.isBusy, onClose }} onPublish={publish} />
  }
  const act = () => {
    onClose()
    doing[asking]()
  }
  return <AskDialog what={asking} detail={detail} onClose={onClose} onDo={act} />
}

type TabsProps = { tab: Tab; onTab(tab: Tab): void; faultCount: number }

function Tabs({ tab, onTab, faultCount }: TabsProps) {
  const t = useFlowsT()
  useEffect(() => {
    document.getElementById(`flow-tab-${tab}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [tab])
  const move = (by: number) => {
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] as Tab
    onTab(next)
    document.getElementById(`flow-tab-${next}`)?.focus()
  }
  return (
    <div className={styles.tabs} role="tablist" aria-label={t('flows.side')}>
      {tabs.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`flow-tab-${each}`}
          aria-selected={tab === each}
          aria-controls="flow-panel"
          tabIndex={tab === each ? 0 : -1}
          className={controls.plain}
          onClick={() => onTab(each)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1)
            if (event.key === 'ArrowLeft') move(-1)
          }}
        >
          {each === 'faults' ? t('flows.tab_faults', { count: faultCount }) : t(`flows.tab_${each}`)}
        </button>
      ))}
    </div>
  )
}
