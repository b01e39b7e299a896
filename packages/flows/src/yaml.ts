import { Composer, type CST, Document, isMap, isScalar, isSeq, LineCounter, Parser, type YAMLError } from 'yaml'
import type { Flow } from './flow.ts'
import { limits } from './limits.ts'
import type { FlowPath, FlowProblem, Problem } from './problems.ts'
import { checkFlow, toFlowProblem } from './validate.ts'

export type ReadFlow = { flow: Flow; problems: [] } | { flow: undefined; problems: FlowProblem[] }

/** Reads a flow from YAML. Each problem names its path, line and column. Never throws, whatever the text is. */
export function readFlow(text: string): ReadFlow {
  if (new TextEncoder().encode(text).length > limits.yamlBytes)
    return failed([{ path: '', code: 'yaml_too_large', params: { max: limits.yamlBytes } }])
  const lines = new LineCounter()
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const hostile = refuseTokens(tokens, lines)
  if (hostile) return failed([hostile])
  const options = { uniqueKeys: true, stringKeys: true, merge: false, schema: 'core', prettyErrors: false } as const
  const [document, second] = [...new Composer(options).compose(tokens, true, text.length)]
  if (!document || second) return failed([{ path: '', code: 'yaml_many_documents', params: {} }])
  if (document.errors.length > 0)
    return failed(document.errors.slice(0, 20).map((error) => syntaxProblem(error, lines)))
  const checked = checkFlow(document.toJS({ maxAliasCount: 0 }))
  return checked.flow
    ? { flow: checked.flow, problems: [] }
    : failed(checked.problems.map((problem) => located(problem, document, lines)))
}

/** A flow as YAML, always in the same order, so that reading and writing it again changes nothing. */
export function printFlow(flow: Flow): string {
  const document = new Document(flow, { aliasDuplicateObjects: false })
  const steps = document.get('steps')
  if (isSeq(steps)) for (const step of steps.items.slice(1)) if (isMap(step)) step.spaceBefore = true
  return document.toString({ lineWidth: 110 })
}

const failed = (problems: FlowProblem[]): ReadFlow => ({ flow: undefined, problems })

type Refusal = { code: FlowProblem['code']; params?: FlowProblem['params'] }

/**
 * Looks through the tokens before anything is built from them: nodes that refer to one another can stand for more than
 * fits in memory, deep ones for more than fits on the stack, and a mapping's keys are compared each with each.
 */
function refuseTokens(tokens: readonly CST.Token[], lines: LineCounter): FlowProblem | undefined {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 })).reverse()
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next
    const refusal = refuse(token, depth)
    if (refusal) return { path: '', params: {}, ...refusal, ...placeOf(token.offset, lines) }
    for (const inner of partsOf(token)) open.push({ token: inner, depth: 'items' in token ? depth + 1 : depth })
  }
  return undefined
}

const maxItems = 200

function refuse(token: CST.Token, depth: number): Refusal | undefined {
  if (depth > limits.yamlDepth) return { code: 'yaml_too_deep', params: { max: limits.yamlDepth } }
  if (token.type === 'alias' || token.type === 'anchor') return { code: 'yaml_alias' }
  if (token.type === 'tag') return { code: 'yaml_tag' }
  return 'items' in token && token.items.length > maxItems ? { code: 'too_many', params: { max: maxItems } } : undefined
}

function partsOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return [...token.start, ...(token.value ? [token.value] : [])]
  if (token.type === 'block-scalar') return token.props
  if (!('items' in token)) return []
  return token.items.flatMap((item) => [
    ...item.start,
    ...(item.key ? [item.key] : []),
    ...(item.sep ?? []),
    ...(item.value ? [item.value] : []),
  ])
}

function syntaxProblem(error: YAMLError, lines: LineCounter): FlowProblem {
  const place = placeOf(error.pos[0], lines)
  if (error.code === 'DUPLICATE_KEY') return { path: '', code: 'yaml_duplicate_key', params: {}, ...place }
  if (error.code === 'RESOURCE_EXHAUSTION') return { path: '', code: 'yaml_too_deep', params: {}, ...place }
  return { path: '', code: 'yaml_syntax', params: { reason: error.code }, ...place }
}

/** The line of the thing itself or, of one that is not there, of what should hold it. */
function located(found: Problem, document: Document.Parsed, lines: LineCounter): FlowProblem {
  return { ...toFlowProblem(found), ...placeOf(offsetAt(document, found.at, found.key !== undefined), lines) }
}

function offsetAt(document: Document.Parsed, at: FlowPath, isKey: boolean): number {
  let node: unknown = document.contents
  let offset = document.contents?.range[0] ?? 0
  for (const [index, part] of at.entries()) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === part) : undefined
    const wantsKey = isKey && index === at.length - 1
    node = pair ? (wantsKey ? pair.key : pair.value) : isSeq(node) ? node.items[Number(part)] : undefined
    const start = startOf(node)
    if (start === undefined) return offset
    offset = start
  }
  return offset
}

const startOf = (node: unknown): number | undefined =>
  isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined

function placeOf(offset: number, lines: LineCounter): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}
