import { type FlowLocale, repliesOf } from '@clew/flows'
import { fillText } from '@clew/flows/placeholders'
import { loadFlows } from '../../apps/server/content/load-flows.ts'
import { inRoot } from './folders.ts'

/** The checks of a failing upload as people read them, each with the reply that says it did not help. */
export function uploadChecks(locale: FlowLocale): { title: string; inVain: string }[] {
  const flow = loadFlows(inRoot('apps/server/content')).find('upload-failure')
  const checks = (flow?.steps ?? []).flatMap((step) => (step.kind === 'do' && step.minutes !== undefined ? [step] : []))
  return checks.map((step) => {
    const label = repliesOf(step).find(({ outcome }) => outcome === 'not_fixed')?.label
    if (label === undefined) throw new Error(`${step.id} has no reply that says it did not help`)
    const fill = (text: typeof label): string => fillText(text, locale, { uploadLimit: '20 MB' })
    return { title: fill(step.title), inVain: fill(label) }
  })
}
