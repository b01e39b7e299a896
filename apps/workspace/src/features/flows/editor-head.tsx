import type { FlowDetail } from '@clew/contract/flows'
import { Link } from '@tanstack/react-router'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import styles from './flows.module.css'
import { StateWord } from './state-word.tsx'
import type { Editing } from './use-editing.ts'
import type { Doing } from './use-flow-actions.ts'
import { useFlowsT } from './words.ts'

type Props = {
  detail: FlowDetail
  editing: Editing
  doing: Doing
  onPublish(): void
  onOpenFlow(): void
}

/** The flow's name, how it stands, and what is done with it as a whole. */
export function EditorHead({ detail, editing, doing, onPublish, onOpenFlow }: Props) {
  const t = useFlowsT()
  const { editor, isDirty, faults, dispatch } = editing
  const { present: flow } = editor
  const isFaulty = faults.length > 0
  return (
    <header className={styles.head}>
      <p className={styles.crumb}>
        <Link to="/flows">{t('flows.flows')}</Link>
      </p>
      <h1>{flow.title[t.locale] || flow.id}</h1>
      <StateWord flow={detail} />
      <button type="button" className={controls.button} onClick={onOpenFlow}>
        {t('flows.whole')}
      </button>
      {detail.mayEdit ? (
        <span className={styles.acts}>
          <button
            type="button"
            className={controls.button}
            disabled={editor.past.length === 0}
            onClick={() => dispatch({ type: 'undo' })}
          >
            {t('flows.undo')}
          </button>
          <button
            type="button"
            className={controls.button}
            disabled={editor.future.length === 0}
            onClick={() => dispatch({ type: 'redo' })}
          >
            {t('flows.redo')}
          </button>
          <button
            type="button"
            className={controls.button}
            disabled={!isDirty || isFaulty || doing.isBusy}
            onClick={() => doing.save(flow)}
          >
            {t('flows.save')}
          </button>
          <button
            type="button"
            className={controls.main}
            disabled={isFaulty || doing.isBusy || (!isDirty && detail.liveVersion === detail.version)}
            onClick={onPublish}
          >
            {t('flows.publish')}
          </button>
        </span>
      ) : (
        <span className={controls.hint}>{t('flows.read_only')}</span>
      )}
      <Notices {...{ detail, editing, doing }} />
    </header>
  )
}

/** What somebody has to know before they go on: whose version it is, what was not saved. */
function Notices({ detail, editing, doing }: Omit<Props, 'onPublish' | 'onOpenFlow'>) {
  const t = useFlowsT()
  const workspace = useT()
  const { basedOn, isDirty, isFromDraft } = editing
  if (basedOn !== detail.version && isDirty)
    return (
      <p className={styles.notice} role="alert">
        {t('flows.conflict', { name: detail.changedBy ?? t('flows.by_product'), version: detail.version })}
        <button type="button" className={controls.button} onClick={() => editing.take(detail)}>
          {t('flows.take_theirs')}
        </button>
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            doing.forget()
            editing.keepMine(detail)
          }}
        >
          {t('flows.keep_mine')}
        </button>
      </p>
    )
  if (isFromDraft)
    return (
      <p className={styles.notice} role="status">
        {t('flows.from_draft')}
        <button type="button" className={controls.button} onClick={() => editing.take(detail)}>
          {t('flows.discard')}
        </button>
      </p>
    )
  if (isDirty)
    return (
      <p className={styles.unsaved} role="status" lang={workspace.locale}>
        {t('flows.unsaved')}
      </p>
    )
  return null
}
