import type { FlowSummary } from '@clew/contract/flows'
import { Status } from '../../app/ui/status.tsx'
import { useFlowsT } from './words.ts'

/** Whether people get the flow, and whether there is something newer. */
export function StateWord({ flow }: { flow: Pick<FlowSummary, 'state' | 'version' | 'liveVersion'> }) {
  const t = useFlowsT()
  const { state, version, liveVersion } = flow
  if (state === 'disabled')
    return (
      <Status shape="major" tone="major">
        {t('flows.state_disabled')}
      </Status>
    )
  if (state === 'draft')
    return (
      <Status shape="ring" tone="quiet">
        {t('flows.state_draft')}
      </Status>
    )
  return (
    <Status shape="ok" tone="ok">
      {liveVersion === version
        ? t('flows.live_version', { version })
        : t('flows.live_version_newer', { live: liveVersion ?? version, version })}
    </Status>
  )
}
