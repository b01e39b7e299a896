import type { ConversationState } from '@clew/client/conversation-state'
import type { CaptureSummary } from '@clew/contract/captures'
import type { Activity } from '@clew/contract/conversations'
import { fill, slot } from '@clew/i18n'
import { Link } from '@tanstack/react-router'
import { type Translate, useT } from '../../app/i18n.tsx'
import { byteSize } from '../../app/sizes.ts'
import { fullMoment } from '../../app/times.ts'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './timeline.module.css'

type LineProps<A extends Activity = Activity> = { activity: A; actor: string; state: ConversationState }

/** Something that happened besides words, as a sentence. */
export function ActivityLine({ activity, actor, state }: LineProps) {
  switch (activity.type) {
    case 'capture_attached':
      return <CaptureLine activity={activity} actor={actor} state={state} />
    case 'shared_file':
      return <SharedFileLine activity={activity} actor={actor} state={state} />
    case 'flow_ended':
      return <FlowLine activity={activity} actor={actor} state={state} />
    default:
      return <Sentence activity={activity} />
  }
}

type Plain = Exclude<Activity, { type: 'capture_attached' | 'shared_file' | 'flow_ended' }>

function Sentence({ activity }: { activity: Plain }) {
  const t = useT()
  return <p className={styles.by}>{sentenceFor(t, activity)}</p>
}

export function sentenceFor(t: Translate, activity: Plain): string {
  switch (activity.type) {
    case 'handed_over':
      return t(`workspace.activity_handed_over_${activity.reason}`)
    case 'assigned':
      return assignedSentence(t, activity)
    case 'took_over':
      return t('workspace.activity_took_over', { name: activity.agentName })
    case 'called_back':
      return t('workspace.activity_called_back', { name: activity.byName })
    case 'sign_in_remedy':
      return remedySentence(t, activity)
    case 'resolved':
      return activity.byName === undefined
        ? t('workspace.activity_resolved')
        : t('workspace.activity_resolved_by', { by: activity.byName })
    case 'snoozed':
      return t('workspace.activity_snoozed', { until: fullMoment(t, activity.until), by: activity.byName })
    case 'woken':
      return wokenSentence(t, activity)
    case 'reopened':
      return activity.byName === undefined
        ? t('workspace.activity_reopened')
        : t('workspace.activity_reopened_by', { by: activity.byName })
  }
}

function remedySentence(
  t: Translate,
  { remedy, state, byName: name, byTeam }: Extract<Activity, { type: 'sign_in_remedy' }>,
): string {
  return t(`workspace.activity_sign_in_${state === 'done' && byTeam ? 'done_by_team' : state}`, {
    name,
    remedy: t('workspace.sign_in_remedy', { remedy }),
  })
}

function wokenSentence(t: Translate, { byName, snoozed }: Extract<Activity, { type: 'woken' }>): string {
  const said = { until: fullMoment(t, snoozed.until), by: snoozed.by.name }
  return byName === undefined
    ? t('workspace.activity_woken', said)
    : t('workspace.activity_woken_by', { ...said, name: byName })
}

function assignedSentence(t: Translate, { agentName, byName }: Extract<Activity, { type: 'assigned' }>): string {
  if (agentName === undefined) return t('workspace.activity_unassigned')
  if (byName === undefined) return t('workspace.activity_assigned', { name: agentName })
  return byName === agentName
    ? t('workspace.activity_assigned_self', { name: agentName })
    : t('workspace.activity_assigned_by', { name: agentName, by: byName })
}

function CaptureLine({ activity, actor, state }: LineProps<Extract<Activity, { type: 'capture_attached' }>>) {
  const t = useT()
  const capture = state.captures.find(({ id }) => id === activity.captureId)
  const sentence = t('workspace.activity_capture', { name: slot('name'), count: activity.removedTotal })
  return (
    <>
      <p className={styles.by}>{fill(sentence, { name: <b key="name">{actor}</b> })}</p>
      <Link
        className={styles.file}
        to="/c/$conversationId/har/$captureId"
        params={{ conversationId: state.conversation.id, captureId: activity.captureId }}
        search={(before) => ({ view: before.view, tag: before.tag })}
      >
        <b>{activity.name}</b>
        <span className={text.muted}>{byteSize(t, activity.sizeBytes)}</span>
        {capture?.state === 'analysed' && (
          <>
            <span className={text.muted}>{t('workspace.request_count', { count: capture.entries })}</span>
            <span className={styles.fileState}>
              {capture.failing > 0 ? (
                <Status shape="major" tone="major">
                  {t('workspace.failing_count', { count: capture.failing })}
                </Status>
              ) : (
                <Status shape="ok" tone="ok">
                  {t('workspace.failing_none')}
                </Status>
              )}
            </span>
          </>
        )}
        <CaptureWay capture={capture} />
      </Link>
    </>
  )
}

/** Where a capture is on its way from the browser to findings, or why it is not there. */
function CaptureWay({ capture }: { capture: CaptureSummary | undefined }) {
  const t = useT()
  if (capture === undefined) return null
  const { state, progress } = capture
  const share = progress === undefined || progress.totalBytes === 0 ? 0 : progress.doneBytes / progress.totalBytes
  const percent = t.format.number(share, { style: 'percent' })
  if (state === 'uploading') return <span className={text.muted}>{t('workspace.capture_uploading', { percent })}</span>
  if (state === 'checking') return <span className={text.muted}>{t('workspace.capture_checking', { percent })}</span>
  if (state === 'received') return <span className={text.muted}>{t('workspace.capture_being_read')}</span>
  if (capture.expiredAt !== undefined) return <span className={text.muted}>{t('workspace.capture_expired')}</span>
  return state === 'refused' ? <span className={text.muted}>{refusalOf(t, capture.refusal)}</span> : null
}

function refusalOf(t: Translate, refusal: string | undefined): string {
  switch (refusal) {
    case 'upload.cancelled':
      return t('workspace.upload_cancelled')
    case 'upload.expired':
      return t('workspace.upload_expired')
    case 'capture.check_failed':
      return t('workspace.capture_check_failed')
    default:
      return t('workspace.capture_refused')
  }
}

function SharedFileLine({ activity }: LineProps<Extract<Activity, { type: 'shared_file' }>>) {
  const t = useT()
  return (
    <>
      <p className={styles.by}>{t('workspace.activity_shared_file', { host: activity.host })}</p>
      {activity.access !== 'view' && (
        <p className={text.small}>
          {t(activity.access === 'edit' ? 'workspace.external_edit' : 'workspace.external_unknown')}
        </p>
      )}
    </>
  )
}

const outcomes = {
  fixed: { shape: 'ok', tone: 'ok' },
  not_fixed: { shape: 'ring', tone: 'quiet' },
  skipped: { shape: 'dash', tone: 'quiet' },
  not_possible: { shape: 'partial', tone: 'partial' },
} as const

function FlowLine({ activity, state }: LineProps<Extract<Activity, { type: 'flow_ended' }>>) {
  const t = useT()
  const sentence = t(`workspace.activity_flow_${activity.outcome}`, { who: slot('who'), count: activity.steps.length })
  return (
    <>
      <p className={styles.by}>{fill(sentence, { who: <b key="who">{t('workspace.assistant')}</b> })}</p>
      {activity.steps.length > 0 && (
        <ol className={styles.steps}>
          {activity.steps.map((step, index) => (
            <li key={step.id}>
              <span className={styles.number}>{index + 1}</span>
              <span lang={state.conversation.locale}>{step.title}</span>
              <Status {...outcomes[step.outcome]}>{t(`workspace.step_${step.outcome}`)}</Status>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
