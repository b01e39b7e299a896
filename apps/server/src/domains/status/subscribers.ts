import type { IncidentId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { SendSignal } from '../../platform/realtime.ts'
import type { StatusHolder } from './status-holder.ts'

type Parts = { holder: StatusHolder; signal: SendSignal; jobs: Jobs }

export const statusSubscribers = ({ holder, signal, jobs }: Parts): readonly Subscriber[] => [
  ...(
    [
      'incident.opened',
      'incident.updated',
      'incident.resolved',
      'incident.corrected',
      'component.saved',
      'component.status_changed',
    ] as const
  ).map((name) =>
    subscriber('status', name, async (tx) => {
      await holder.refresh(tx)
      // Whoever has the screen open reads it again. A signal that is lost is made up for by the next look.
      signal({ signal: { type: 'status_changed' }, team: true })
    }),
  ),
  subscriber('status.followers', 'incident.updated', (tx, about) => tellLater(tx, jobs, about)),
  subscriber('status.followers', 'incident.resolved', (tx, about) => tellLater(tx, jobs, about)),
]

/** The id of the update is the job's, so that an event that is read twice is one job. */
const tellLater = (tx: TxCtx, jobs: Jobs, { incidentId, updateId }: { incidentId: IncidentId; updateId: string }) =>
  jobs.send(tx, { name: 'status.tell_followers', input: { incidentId, updateId }, id: updateId })
