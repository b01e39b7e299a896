import type { Activity, Message } from '@clew/contract/conversations'
import { CaptureRow } from './capture-row.tsx'
import { usePanel } from './context.ts'
import { HandedOverRow } from './handed-over-row.tsx'
import { initialsOf, type Knot, Row } from './row.tsx'

const ring: Knot = { kind: 'shape', shape: 'ring' }
const done: Knot = { kind: 'shape', shape: 'dot', tone: 'pine' }

const forTeam = ['sign_in_remedy', 'snoozed', 'woken'] as const
type ForTeam = Extract<Activity, { type: (typeof forTeam)[number] }>
const isForTeam = (activity: Activity): activity is ForTeam => forTeam.some((type) => type === activity.type)

/** Something that happened besides words, told in the reader's language. */
export function ActivityRow({ message, activity }: { message: Message; activity: Activity }) {
  const { t } = usePanel()
  const at = message.createdAt
  if (isForTeam(activity)) return null
  switch (activity.type) {
    case 'handed_over':
      return <HandedOverRow at={at} activity={activity} />
    case 'assigned':
      return <AssignedRow at={at} activity={activity} />
    case 'took_over':
      return (
        <Row at={at} knot={{ kind: 'agent', initials: initialsOf(activity.agentName) }} isQuiet>
          <p class="note">{t('widget.took_over', { name: activity.agentName })}</p>
        </Row>
      )
    case 'called_back':
      return (
        <Row at={at} knot={ring} isQuiet>
          <p class="note">{t('widget.called_back')}</p>
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

function AssignedRow({
  at,
  activity: { agentName: name },
}: {
  at: string
  activity: Extract<Activity, { type: 'assigned' }>
}) {
  const { t } = usePanel()
  return (
    <Row at={at} knot={ring} isQuiet>
      <p class="note">{name === undefined ? t('widget.assigned_none') : t('widget.assigned', { name })}</p>
    </Row>
  )
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
