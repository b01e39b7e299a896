import type { Extractor, Finding } from './source.ts'

/*
 * Ids are case-sensitive, so these rules read the original text. Each wants a digit: `run_command` and `thread-safe`
 * are words of the trade, not ids.
 */
const id = '(?=[A-Za-z0-9]{0,40}\\d)[A-Za-z0-9]'
const requestId = new RegExp(`\\breq_${id}{8,80}\\b`, 'g')
const cfRay = /\b[0-9a-f]{16}-[A-Z]{3}\b/g
const completionId = new RegExp(
  `\\b(?:chatcmpl|cmpl|modr|resp|run|thread|msg|asst|batch|ftjob|call)[-_]${id}{6,80}\\b`,
  'g',
)
const namedRequest =
  /(?:request[\s_-]?id|req[\s_-]?id|αναγνωριστικ[όο]\s+αιτ[ήη]ματος|x-request-id)[\s:="'`#-]{1,6}(?:is\s+|είναι\s+)?((?=[\w-]*\d)[A-Za-z0-9][\w-]{7,80})/giu

const organisation = new RegExp(`\\borg-${id}{6,60}\\b`, 'g')
const project = new RegExp(`\\bproj_${id}{6,60}\\b`, 'g')
const workspace =
  /(?:workspace(?:\s*(?:id|identifier))?|χ[ώω]ρο[υς]?\s+εργασ[ίι]ας|\bws[-_ ]?id)[\s:="'`#-]{1,4}((?=[\w-]*\d)[A-Za-z][\w-]{5,60})/giu
const bareWorkspace = new RegExp(`\\bws[-_]${id}{6,60}\\b`, 'g')

const assistantLink = /https?:\/\/[a-z0-9.-]{1,100}\/g\/(g-[A-Za-z0-9]{6,40})(?:-[\w-]{1,120})?/gi
const bareAssistant = /(?<![\w/-])g-(?=[A-Za-z0-9]{0,40}\d)[A-Za-z0-9]{6,40}\b/g

export const readIds: Extractor = ({ text }) => [
  ...readRequestIds(text),
  ...readWorkspace(text),
  ...readAssistant(text),
]

function readRequestIds(text: string): Finding[] {
  const completions = all(text, completionId)
  const named = [...text.matchAll(namedRequest)].flatMap((match) => match[1] ?? [])
  const requests = [...new Set([...all(text, requestId), ...all(text, cfRay), ...named])].filter(
    (found) => !completions.includes(found),
  )
  return [
    ...requests.map((found) => requestFinding({ requestIds: [found], completionIds: [] }, found)),
    ...completions.map((found) => requestFinding({ requestIds: [], completionIds: [found] }, found)),
  ]
}

function requestFinding(value: { requestIds: string[]; completionIds: string[] }, quote: string): Finding {
  return { field: 'request_ids', value, quote }
}

function readWorkspace(text: string): Finding[] {
  const organisationId = all(text, organisation)[0]
  const projectId = all(text, project)[0]
  const named = [...text.matchAll(workspace)].flatMap((match) => match[1] ?? [])
  const workspaceId = named.find((found) => !/^(?:org-|proj_)/.test(found)) ?? all(text, bareWorkspace)[0]
  return [
    ...(organisationId ? [workspaceFinding({ organisationId }, organisationId)] : []),
    ...(projectId ? [workspaceFinding({ projectId }, projectId)] : []),
    ...(workspaceId ? [workspaceFinding({ workspaceId }, workspaceId)] : []),
  ]
}

function workspaceFinding(
  value: { organisationId: string } | { projectId: string } | { workspaceId: string },
  quote: string,
): Finding {
  return { field: 'workspace', value, quote }
}

function readAssistant(text: string): Finding[] {
  const link = [...text.matchAll(assistantLink)][0]
  if (link?.[1]) return [{ field: 'assistant_id', value: { id: link[1], url: link[0] }, quote: link[0] }]
  const bare = all(text, bareAssistant)[0]
  return bare ? [{ field: 'assistant_id', value: { id: bare }, quote: bare }] : []
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set(text.match(pattern) ?? [])]
}
