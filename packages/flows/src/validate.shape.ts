import { z } from 'zod'
import { FlowSchema, StepSchema, stepKinds } from './flow.ts'
import { type FlowPath, type Problem, problem, suggest } from './problems.ts'

type Issue = z.core.$ZodIssue

/** What zod found, in our words and with the place from the top. */
export function shapeProblems(input: unknown, error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => fromIssue(issue, { input, base: [] }))
}

type About = { input: unknown; base: FlowPath }

function fromIssue(issue: Issue, about: About): Problem[] {
  const at = [...about.base, ...issue.path.map((part) => (typeof part === 'symbol' ? '' : part))]
  const value = valueAt(about.input, at)
  switch (issue.code) {
    case 'invalid_type':
      return [wrongType(issue.expected, at, value)]
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, at, about.input)
    case 'invalid_value':
      return [unknownValue(at, value, issue.values.map(String))]
    case 'invalid_union':
      return fromUnion(issue, { input: about.input, base: at })
    case 'too_big':
    case 'too_small':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'custom':
      return [badValue(issue, at, value)]
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => fromIssue(inner, { input: about.input, base: at }))
  }
}

const wrongType = (expected: string, at: FlowPath, value: unknown): Problem =>
  value === undefined ? problem(at, 'missing') : problem(at, 'wrong_type', { expected })

function unknownKeys(keys: readonly string[], at: FlowPath, input: unknown): Problem[] {
  const known = keysAt(input, at)
  return keys.map((key) => ({
    at: [...at, key],
    code: 'unknown_key',
    params: { key: key.slice(0, 60), ...suggest(key, known) },
    key,
  }))
}

/** Of the right kind, and yet not what may stand there. */
function badValue(issue: Issue, at: FlowPath, value: unknown): Problem {
  if (issue.code === 'too_big') return problem(at, tooBig(issue.origin), { max: Number(issue.maximum) })
  if (issue.code === 'too_small')
    return problem(at, issue.origin === 'number' ? 'out_of_range' : 'empty', { min: Number(issue.minimum) })
  return problem(at, typeof value === 'string' && value.trim() === '' ? 'empty' : 'bad_format')
}

function fromUnion(issue: Extract<Issue, { code: 'invalid_union' }>, about: About): Problem[] {
  const value = valueAt(about.input, about.base)
  if (issue.errors.length === 0) return [fromDiscriminator(about)]
  if (value === undefined) return [problem(about.base, 'missing')]
  const [first = [], last = []] = [issue.errors[0], issue.errors.at(-1)]
  const isPart = typeof value === 'object' && value !== null
  const chosen = isPart ? last : first
  return chosen.flatMap((inner) => fromIssue(inner, about))
}

/** `kind` and `check` decide what a step may hold, so a wrong one is the only problem of its step. */
function fromDiscriminator({ input, base }: About): Problem {
  const value = valueAt(input, base)
  if (value === undefined) return problem(base, 'missing')
  return unknownValue(base, value, base.at(-1) === 'check' ? checkNames() : stepKinds)
}

function unknownValue(at: FlowPath, value: unknown, allowed: readonly string[]): Problem {
  if (value === undefined) return problem(at, 'missing')
  const written = typeof value === 'string' ? value.slice(0, 60) : ''
  return problem(at, 'unknown_value', { value: written, allowed: allowed.join(', '), ...suggest(written, allowed) })
}

function tooBig(origin: string): 'too_long' | 'too_many' | 'out_of_range' {
  if (origin === 'string') return 'too_long'
  return origin === 'array' ? 'too_many' : 'out_of_range'
}

function valueAt(input: unknown, at: FlowPath): unknown {
  let value: unknown = input
  for (const part of at) value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined
  return value
}

const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null

const checkNames = (): string[] => checkOptions().map(({ shape }) => [...shape.check.values][0] ?? '')

type StepOption = (typeof StepSchema)['def']['options'][number]
const isCheck = (option: StepOption): option is Extract<StepOption, z.ZodDiscriminatedUnion> =>
  option instanceof z.ZodDiscriminatedUnion
const checkOptions = () => StepSchema.def.options.filter(isCheck).flatMap((union) => union.def.options)

/** The keys that a place may have, for guessing which one was meant. */
function keysAt(input: unknown, at: FlowPath): string[] {
  if (at.length === 0) return Object.keys(FlowSchema.shape)
  if (at[0] !== 'steps' || typeof at[1] !== 'number') return at.length === 1 ? ['en', 'el'] : []
  const step = valueAt(input, at.slice(0, 2))
  const { kind, check } = isRecord(step) ? step : { kind: undefined, check: undefined }
  const shape = shapeOf(kind, check)
  return keysBelow(shape, at.slice(2))
}

function shapeOf(kind: unknown, check: unknown): Record<string, z.ZodType> {
  for (const option of StepSchema.def.options) {
    if (!isCheck(option)) {
      if (option.shape.kind.value === kind) return option.shape
    } else if (kind === 'check') {
      const found = option.def.options.find(({ shape }) => shape.check.value === check)
      if (found) return found.shape
    }
  }
  return {}
}

/** Goes down through lists, options and unions to the object at a place. */
function keysBelow(shape: Record<string, z.ZodType>, at: FlowPath): string[] {
  const [part, ...rest] = at
  if (part === undefined) return Object.keys(shape)
  if (typeof part === 'number') return keysBelow(shape, rest)
  const object = objectIn(shape[part])
  return object ? keysBelow(object.shape, rest) : []
}

function objectIn(type: unknown): z.ZodObject | undefined {
  if (type instanceof z.ZodObject) return type
  if (type instanceof z.ZodArray) return objectIn(type.element)
  if (type instanceof z.ZodExactOptional) return objectIn(type.unwrap())
  return type instanceof z.ZodUnion ? type.options.map(objectIn).find((found) => found !== undefined) : undefined
}
