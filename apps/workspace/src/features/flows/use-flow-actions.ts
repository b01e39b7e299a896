import { ClewError } from '@clew/client/http'
import type { FlowDetail } from '@clew/contract/flows'
import type { Flow } from '@clew/flows/flow'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import { flowQuery, flowsApi, flowsQuery } from './api.ts'
import { useFlowsT } from './words.ts'

export type Doing = ReturnType<typeof useFlowActions>

type About = {
  detail: FlowDetail
  basedOn: number
  /** Takes over what the server has now. */
  onTaken(detail: FlowDetail): void
}

/** What is done with a flow on the server. Somebody else's version is not written over. */
export function useFlowActions({ detail, basedOn, onTaken }: About) {
  const t = useFlowsT()
  const workspace = useT()
  const queryClient = useQueryClient()
  const { id } = detail
  const mutation = useMutation({
    mutationFn: (act: () => Promise<FlowDetail>) => act(),
    onSuccess: (next) => {
      queryClient.setQueryData(flowQuery(id).queryKey, next)
      void queryClient.invalidateQueries({ queryKey: flowsQuery.queryKey, exact: true })
      void queryClient.invalidateQueries({ queryKey: ['flows', id, 'versions'] })
      onTaken(next)
    },
    onError: (error) => {
      if (isConflict(error)) void queryClient.invalidateQueries({ queryKey: flowQuery(id).queryKey })
      showToast({ text: errorText(workspace, error), tone: 'problem' })
    },
  })
  const act = (done: string, run: () => Promise<FlowDetail>) =>
    mutation.mutate(run, { onSuccess: () => showToast({ text: done }) })
  const saved = (document: Flow, note: string): Promise<FlowDetail> =>
    flowsApi.save(id, { basedOn, document, ...(note.trim() === '' ? {} : { note: note.trim() }) })
  return {
    isBusy: mutation.isPending,
    isConflict: isConflict(mutation.error),
    error: mutation.error,
    forget: mutation.reset,
    save: (document: Flow) => act(t('flows.saved'), () => saved(document, '')),
    publish: (document: Flow | undefined, note: string) =>
      act(t('flows.published'), async () => {
        const { version } = document ? await saved(document, note) : detail
        return flowsApi.publish(id, version)
      }),
    restore: (version: number) =>
      act(t('flows.restored', { version }), () => flowsApi.restore(id, { basedOn, version })),
    reset: () => act(t('flows.was_reset'), () => flowsApi.reset(id, basedOn)),
    unpublish: () => act(t('flows.unpublished'), () => flowsApi.unpublish(id)),
    disable: () => act(t('flows.was_disabled'), () => flowsApi.disable(id)),
  }
}

const isConflict = (error: unknown): boolean => error instanceof ClewError && error.code === 'flow.conflict'
