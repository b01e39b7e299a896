import type { CaptureSummary } from '@clew/contract/captures'
import type { Activity, Message } from '@clew/contract/conversations'
import { formatSize } from '../files/size.ts'
import { usePanel } from './context.ts'
import { Findings } from './findings.tsx'
import { lazy } from './lazy.tsx'
import { initialsOf, type Knot, Row } from './row.tsx'
import { currentConversation } from './state.ts'

const UploadState = lazy(async () => (await import('./upload-state.tsx')).UploadState)

const ring: Knot = { kind: 'shape', shape: 'ring' }
const done: Knot = { kind: 'shape', shape: 'dot', tone: 'pine' }

/** Something that happened besides words, told in the reader's language. */
export function ActivityRow({ message, activity }: { message: Message; activity: Activity }) {
  const { t } = usePanel()
  const at = message.createdAt
  switch (activity.type) {
    case 'handed_over':
      return (
        <Row at={at} knot={ring}>
          <p>
            <b>{t('widget.handed_over')}</b>
          </p>
          <p class="note">{t(`widget.handed_over_${activity.reason}`)}</p>
        </Row>
      )
    case 'assigned':
      return (
        <Row at={at} knot={ring} isQuiet>
          <p class="note">
            {activity.agentName === undefined
              ? t('widget.assigned_none')
              : t('widget.assigned', { name: activity.agentName })}
          </p>
        </Row>
      )
    case 'took_over':
      return (
        <Row at={at} knot={{ kind: 'agent', initials: initialsOf(activity.agentName) }} isQuiet>
          <p class="note">{t('widget.took_over', { name: activity.agentName })}</p>
        </Row>
      )
    case 'resolved':
    case 'reopened':
      return (
        <Row at={at} knot={activity.type === 'resolved' ? { kind: 'shape', shape: 'tick', tone: 'pine' } : ring}>
          <p>
            <b>{t(`widget.${activity.type}`)}</b>
          </p>
        </Row>
      )
    case 'capture_attached':
      return <CaptureRow at={at} activity={activity} />
    case 'shared_file':
      return <SharedFileRow at={at} activity={activity} />
    case 'flow_ended':
      return <FlowRow at={at} activity={activity} />
  }
}

function CaptureRow({ at, activity }: { at: string; activity: Extract<Activity, { type: 'capture_attached' }> }) {
  const { t, state } = usePanel()
  const capture = currentConversation(state)?.captures.find(({ id }) => id === activity.captureId)
  return (
    <>
      <Row at={at} knot={done}>
        <p class="file">
          <b>{activity.name}</b>
          <span>{formatSize(t, activity.sizeBytes)}</span>
        </p>
        {capture?.state === 'uploading' ? (
          <UploadState capture={capture} />
        ) : (
          <CaptureWay removed={activity.removedTotal} capture={capture} />
        )}
      </Row>
      {capture?.state === 'analysed' && <Findings findings={capture.findings} />}
    </>
  )
}

/** What was sent, and what has become of it. */
function CaptureWay({ removed, capture }: { removed: number; capture: CaptureSummary | undefined }) {
  const { t } = usePanel()
  const isRead = capture?.state === 'analysed' || capture?.state === 'refused'
  return (
    <>
      <p class="note">{t('widget.capture_attached', { removed })}</p>
      {capture !== undefined && !isRead && <p class="note">{t('widget.capture_pending')}</p>}
      {capture?.state === 'refused' && <p>{refusalOf(t, capture.refusal)}</p>}
      {capture?.expiredAt !== undefined && <p class="note">{t('widget.capture_expired')}</p>}
    </>
  )
}

type Words = ReturnType<typeof usePanel>['t']

function refusalOf(t: Words, refusal: string | undefined): string {
  if (refusal === 'upload.cancelled') return t('widget.upload_cancelled')
  return refusal === 'upload.expired' ? t('widget.upload_expired') : t('widget.capture_refused')
}

/** A file that lies elsewhere, with what is to be seen to before somebody else does. */
function SharedFileRow({ at, activity }: { at: string; activity: Extract<Activity, { type: 'shared_file' }> }) {
  const { t } = usePanel()
  const { host, access } = activity
  return (
    <Row at={at} knot={access === 'edit' ? { kind: 'shape', shape: 'partial', tone: 'partial' } : ring}>
      <p>{t('widget.shared_file', { host })}</p>
      {access !== 'view' && <p class="note">{t(`widget.shared_file_${access}`)}</p>}
    </Row>
  )
}

function FlowRow({ at, activity }: { at: string; activity: Extract<Activity, { type: 'flow_ended' }> }) {
  const { t } = usePanel()
  return (
    <Row at={at} knot={done}>
      <p>
        <b>{t(`widget.flow_${activity.outcome}`)}</b>
      </p>
      <ul class="tried">
        {activity.steps.map(({ id, title, outcome }) => (
          <li key={id}>
            {title} <span>{t(`widget.step_${outcome}`)}</span>
          </li>
        ))}
      </ul>
    </Row>
  )
}
