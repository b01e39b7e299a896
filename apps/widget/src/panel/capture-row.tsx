import type { CaptureSummary } from '@clew/contract/captures'
import type { Activity } from '@clew/contract/conversations'
import { formatSize } from '../files/size.ts'
import { usePanel } from './context.ts'
import { Findings } from './findings.tsx'
import { type Knot, Row } from './row.tsx'
import { currentConversation } from './state.ts'
import { UploadState } from './upload-state.tsx'

const done: Knot = { kind: 'shape', shape: 'dot', tone: 'pine' }

/** A capture in the conversation: on its way, and then what it shows. */
export function CaptureRow({
  at,
  activity,
}: {
  at: string
  activity: Extract<Activity, { type: 'capture_attached' }>
}) {
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
