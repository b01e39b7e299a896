import { asCorrection } from './account.ts'
import type { Extractor, Finding, Source } from './source.ts'
import { readWorkspaceName } from './workspace-name.ts'

/*
 * Ids are case-sensitive, so these rules read the original text. Each wants a digit: `run_command` and `thread-safe`
 * are words of the trade, not ids.
 */
const id = '(?=[A-Za-z0-9]{0,40}\\d)[A-Za-z0-9]'
const requestId = new RegExp(`(?<![A-Za-z0-9])req[_-]${id}{8,80}(?![A-Za-z0-9])`, 'g')
const cfRay = /(?<![A-Za-z0-9])[0-9a-f]{16}-[A-Z]{3}(?![A-Za-z0-9])/g
const completionId = new RegExp(
  `(?<![A-Za-z0-9])(?:chatcmpl|cmpl|modr|resp|run|thread|msg|asst|batch|ftjob|job|call|step|evt|trace)[-_]${id}{6,80}(?![A-Za-z0-9])`,
  'g',
)
const nameOfRequest =
  '(?:request[\\s_-]{0,2}id|req[\\s_-]?id|x-request-id|correlation[\\s_-]?id|trace[\\s_-]?id|αναγνωριστικ[όο]\\s+αιτ[ήη]ματος|αναγνωριστικό\\s+κλήσης|anagnoristiko\\s+aitimatos)'
const namedRequest = new RegExp(
  `${nameOfRequest}[\\s:="'\`#(-]{1,6}(?:is\\s+|was\\s+|είναι\\s+|ειναι\\s+|einai\\s+)?["'\`«]?((?=[\\w-]{0,80}\\d)[A-Za-z0-9][\\w-]{7,80})`,
  'giu',
)
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
/** The other way round: "… is the request id". */
const requestBehind = new RegExp(
  `(?<![\\w-])(${uuid})["'\`»)]?[\\s,:(-]{1,4}(?:(?:is|was|as|the|my|our|a|είναι|το|einai|to|=)\\s+){0,3}${nameOfRequest}`,
  'giu',
)

const organisation = new RegExp(`(?<![A-Za-z0-9_-])org[-_]${id}{6,60}(?![A-Za-z0-9])`, 'g')
const project = new RegExp(`(?<![A-Za-z0-9_-])proj[_-]${id}{6,60}(?![A-Za-z0-9])`, 'g')
/** A room that is named as one, by its id. */
const named = (room: string, label: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\d_-])(?:${room})${label}(?:\\s*(?:is|was|είναι|ειναι|einai)(?=\\s))?(?:\\s*[:=#]\\s*|\\s+-\\s+|\\s+)["'\`«]?(${uuid}|(?=[\\w-]{0,60}\\d)[A-Za-z][\\w-]{5,60})`,
    'giu',
  )
const idWord = '[\\s_-]*(?:id|identifier|slug|αναγνωριστικό|αναγνωριστικο)'
const workspace = named('workspace|χ[ώω]ρο[υς]?\\s+εργασ[ίι]ας|xwro[su]?\\s+ergasias|ws', `(?:${idWord})?`)
const namedOrganisation = named('organi[sz]ation|org|οργανισμ(?:ού|ός|ό|ου|ος|ο)|organismo[su]?', idWord)
const namedProject = named('project|έργου?|ergou?', idWord)
/** "workspace: acme-corp": after a colon a name in small letters is one. */
const labelledWorkspace =
  /(?<![\p{L}\d_-])workspace(?:\s*(?:name|slug|id))?\s?[:=]\s?["'`«]?([a-z][a-z0-9]*(?:[-_][a-z0-9]+)+)(?![\w-])/giu
const bareWorkspace = new RegExp(`(?<![A-Za-z0-9_-])ws[-_]${id}{4,60}(?![A-Za-z0-9])`, 'g')

const assistantLink = /https?:\/\/[a-z0-9.-]{1,100}\/g\/(g-[A-Za-z0-9]{6,40})(?:-[\w-]{1,120})?/gi
const bareAssistant = /(?<![\w/-])g-(?=[A-Za-z0-9]{0,40}\d)[A-Za-z0-9]{6,40}(?![A-Za-z0-9])/g

export const readIds: Extractor = (source) =>
  [...readRequestIds(source.text), ...readWorkspace(source), ...readAssistants(source.text)].map((finding) => ({
    ...finding,
    ...asCorrection(source),
  }))

function readRequestIds(text: string): Finding[] {
  const completions = all(text, completionId)
  const named = [...text.matchAll(namedRequest), ...text.matchAll(requestBehind)].flatMap((match) => match[1] ?? [])
  const requests = [...new Set([...all(text, requestId), ...all(text, cfRay), ...named])].filter(
    (found) => !completions.includes(found),
  )
  return [
    ...requests.map((found) => requestFinding({ requestIds: [found], completionIds: [] }, found)),
    ...completions.map((found) => requestFinding({ requestIds: [], completionIds: [found] }, found)),
  ]
}

function requestFinding(value: { requestIds: string[]; completionIds: string[] }, quote: string): Finding {
  return { field: 'request_ids', value, quote, confidence: 0.98 }
}

function readWorkspace(source: Source): Finding[] {
  const { text } = source
  const isOther = (found: string): boolean => /^(?:org[-_]|proj[_-]|ws[-_]|req[-_])/.test(found)
  const inWords = (pattern: RegExp): string[] => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])
  const taken = (pattern: RegExp): string[] => inWords(pattern).filter((found) => !isOther(found))
  const organisations = [...new Set([...all(text, organisation), ...taken(namedOrganisation)])]
  const projects = [...new Set([...all(text, project), ...taken(namedProject)])]
  const workspaces = [...new Set([...taken(workspace), ...taken(labelledWorkspace), ...all(text, bareWorkspace)])]
  const ids = [
    ...organisations.map((organisationId) => workspaceFinding({ organisationId }, organisationId)),
    ...projects.map((projectId) => workspaceFinding({ projectId }, projectId)),
    ...workspaces.map((workspaceId) => workspaceFinding({ workspaceId }, workspaceId)),
  ]
  return [...ids, ...readWorkspaceName(source)]
}

function workspaceFinding(
  value: { organisationId: string } | { projectId: string } | { workspaceId: string },
  quote: string,
): Finding {
  return { field: 'workspace', value, quote, confidence: 0.98 }
}

function readAssistants(text: string): Finding[] {
  const links = [...text.matchAll(assistantLink)].map(
    ([url, linked = '']): Finding => ({
      field: 'assistant_id',
      value: { id: linked, url },
      quote: url,
      confidence: 0.98,
    }),
  )
  const linked = new Set(links.map(({ value }) => ('id' in value ? value.id : '')))
  const bare = all(text, bareAssistant).filter((found) => !linked.has(found))
  return [
    ...links,
    ...bare.map((found): Finding => ({ field: 'assistant_id', value: { id: found }, quote: found, confidence: 0.95 })),
  ]
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set(text.match(pattern) ?? [])]
}
