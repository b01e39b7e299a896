import type { SanitiseOptions, SanitiseRule } from './types.ts'

/** Where a value stands, as far as an operator's rules can speak of it. */
export interface RulePlace {
  name: string
  host: string
  /** Steps into a JSON body; a number is a place in a list. */
  jsonPath?: readonly (string | number)[]
}

/** The operator's decisions, ready to be asked for each value. */
export interface OperatorPolicy {
  readonly hasRules: boolean
  /** Some rule looks at JSON paths, so a walk has to know where it is. */
  readonly hasPaths: boolean
  ruleFor(place: RulePlace): SanitiseRule | undefined
  bodyActionFor(host: string): SanitiseRule | undefined
  keepsBodiesOf(host: string): boolean
}

export const NO_OPERATOR_POLICY: OperatorPolicy = {
  hasRules: false,
  hasPaths: false,
  ruleFor: () => undefined,
  bodyActionFor: () => undefined,
  keepsBodiesOf: () => false,
}

export function compileOperatorPolicy({ rules = [], keepBodiesOf = [] }: SanitiseOptions): OperatorPolicy {
  if (rules.length === 0 && keepBodiesOf.length === 0) return NO_OPERATOR_POLICY
  const tests = rules.map(compileRule)
  const valueTests = tests.filter(({ isAboutBody }) => !isAboutBody)
  const bodyTests = tests.filter(({ isAboutBody }) => isAboutBody)
  const hosts = keepBodiesOf.map(wildcard)
  return {
    hasRules: valueTests.length > 0,
    hasPaths: rules.some(({ match }) => match.jsonPath !== undefined),
    ruleFor: (place) => valueTests.find(({ fits }) => fits(place))?.rule,
    bodyActionFor: (host) => bodyTests.find(({ fits }) => fits({ name: '', host }))?.rule,
    keepsBodiesOf: (host) => hosts.some((pattern) => pattern.test(host)),
  }
}

interface CompiledRule {
  rule: SanitiseRule
  isAboutBody: boolean
  fits(place: RulePlace): boolean
}

function compileRule(rule: SanitiseRule): CompiledRule {
  const { name, host, jsonPath } = rule.match
  const namePattern = name === undefined ? undefined : wildcard(name)
  const hostPattern = host === undefined ? undefined : wildcard(host)
  const steps = jsonPath === undefined ? undefined : stepsOf(jsonPath)
  return {
    rule,
    isAboutBody: name === undefined && jsonPath === undefined,
    fits: (place) =>
      (namePattern === undefined || namePattern.test(place.name)) &&
      (hostPattern === undefined || hostPattern.test(place.host)) &&
      (steps === undefined || (place.jsonPath !== undefined && fitsPath(steps, place.jsonPath))),
  }
}

/** `*` becomes a run of anything; runs are merged, so that no pattern takes more than quadratic time in a short name. */
function wildcard(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'is')
}

/** `**` is the step of `..`: any number of steps. */
function stepsOf(jsonPath: string): string[] {
  const steps: string[] = []
  for (const [whole, name, index, quoted] of jsonPath.matchAll(JSON_STEP)) {
    if (whole.startsWith('..')) steps.push('**')
    steps.push(name ?? index ?? quoted ?? '*')
  }
  return steps
}

const JSON_STEP = /\.{1,2}([^.[\]]{1,200})|\[(\d{1,9}|\*)\]|\[["']([^"'\]]{1,200})["']\]/g

export function isJsonPath(text: string): boolean {
  return text.startsWith('$') && text.length > 1 && text.length <= 1_000 && text.slice(1).replace(JSON_STEP, '') === ''
}

function fitsPath(steps: readonly string[], path: readonly (string | number)[]): boolean {
  const [step, ...rest] = steps
  if (step === undefined) return path.length === 0
  if (step === '**') return path.some((_, i) => fitsPath(rest, path.slice(i)))
  const [first, ...further] = path
  return first !== undefined && (step === '*' || step === String(first)) && fitsPath(rest, further)
}
