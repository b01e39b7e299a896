import { useBlocker } from '@tanstack/react-router'
import { Dialog } from './dialog.tsx'
import { useFlowsT } from './words.ts'

/** Asks before a page with unsaved changes is left. They stay in this browser. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const t = useFlowsT()
  const blocker = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const action = { label: t('flows.leave_go'), run: () => blocker.proceed() }
  return (
    <Dialog title={t('flows.leave_title')} action={action} onClose={() => blocker.reset()}>
      <p>{t('flows.leave_text')}</p>
    </Dialog>
  )
}
