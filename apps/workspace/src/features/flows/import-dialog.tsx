import type { FlowFault, FlowFile } from '@clew/contract/flows'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { asFlow, flowQuery, flowsApi, flowsQuery } from './api.ts'
import { Dialog } from './dialog.tsx'
import { differenceOf } from './diff.ts'
import { DifferenceList } from './difference.tsx'
import { faultText } from './fault-text.ts'
import { stepName } from './names.ts'
import styles from './panels.module.css'
import { useFlowsT } from './words.ts'

/** A file from disk: what is wrong with it and where, or what it would change. */
export function ImportDialog({ onClose }: { onClose(): void }) {
  const t = useFlowsT()
  const workspace = useT()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [file, setFile] = useState<File>()
  const look = useMutation({ mutationFn: (chosen: File) => flowsApi.inspect(chosen) })
  const found = look.data
  const take = useMutation({
    mutationFn: (chosen: File) => flowsApi.import(chosen, found?.existing?.version),
    onSuccess: async (detail) => {
      queryClient.setQueryData(flowQuery(detail.id).queryKey, detail)
      void queryClient.invalidateQueries({ queryKey: flowsQuery.queryKey, exact: true })
      await navigate({ to: '/flows/$flowId', params: { flowId: detail.id } })
    },
  })
  const isReady = file !== undefined && found?.document !== undefined && found.problems.length === 0
  const action = {
    label: t('flows.import_go'),
    run: () => file && take.mutate(file),
    isOff: !isReady || take.isPending,
  }
  const error = look.error ?? take.error
  return (
    <Dialog title={t('flows.import')} action={action} onClose={onClose}>
      <label className={styles.note}>
        {t('flows.import_file')}
        <input
          className={controls.field}
          type="file"
          accept=".yaml,.yml,application/yaml"
          onChange={({ target }) => {
            const chosen = target.files?.[0]
            setFile(chosen)
            if (chosen) look.mutate(chosen)
          }}
        />
      </label>
      {error !== null && <p role="alert">{errorText(workspace, error)}</p>}
      {found && <Found found={found} />}
    </Dialog>
  )
}

function Found({ found: { problems, document, existing } }: { found: FlowFile }) {
  const t = useFlowsT()
  if (problems.length > 0 || !document)
    return (
      <div role="alert">
        <p>{t('flows.import_problems', { count: problems.length })}</p>
        <ol className={styles.faults}>
          {problems.map((fault) => (
            <Fault key={`${fault.path} ${fault.code} ${fault.line}`} fault={fault} />
          ))}
        </ol>
      </div>
    )
  const flow = asFlow(document)
  if (!existing)
    return <p role="status">{t('flows.import_new', { title: flow.title[t.locale], count: flow.steps.length })}</p>
  return (
    <div role="status">
      <p>{t('flows.import_over', { title: flow.title[t.locale], version: existing.version })}</p>
      <DifferenceList
        difference={differenceOf(asFlow(existing.document), flow, {
          locale: t.locale,
          name: (step) => stepName(t, step),
        })}
      />
    </div>
  )
}

function Fault({ fault }: { fault: FlowFault }) {
  const t = useFlowsT()
  return (
    <li>
      <span>
        {fault.line === undefined
          ? fault.path
          : t('flows.import_place', { line: fault.line, column: fault.column ?? 1, path: fault.path || '–' })}
      </span>
      <span>{faultText(t, fault)}</span>
    </li>
  )
}
