import { isJsonPath } from './operator-policy.ts'
import { isObject, type JsonValue, type RemovalKind, type SanitiseRule, type SanitiseRuleAction } from './types.ts'

export type RuleProblemCode =
  | 'rules.not_a_list'
  | 'rules.too_many'
  | 'rule.not_an_object'
  | 'rule.unknown_field'
  | 'rule.no_match'
  | 'rule.not_a_text'
  | 'rule.not_a_path'
  | 'rule.unknown_action'
  | 'rule.unknown_kind'

/** What is wrong with an operator's rules, where, and how to put it right. */
export interface RuleProblem {
  code: RuleProblemCode
  /** Such as `rules[2].match.jsonPath`. */
  path: string
  message: { en: string; el: string }
}

export type ParsedSanitiseRules = { ok: true; rules: SanitiseRule[] } | { ok: false; problems: RuleProblem[] }

const MAX_RULES = 500
const MAX_TEXT = 300
const ACTIONS: readonly SanitiseRuleAction[] = ['remove', 'keep', 'pseudonymise']
const KINDS: readonly RemovalKind[] = [
  'cookie',
  'token',
  'password',
  'email',
  'signed_link',
  'personal',
  'body',
  'other',
]

/** Reads rules as an operator writes them in JSON: all of them, or every problem that they have. */
export function parseSanitiseRules(input: unknown): ParsedSanitiseRules {
  const problems: RuleProblem[] = []
  const list = Array.isArray(input) ? (input as JsonValue[]) : undefined
  if (list === undefined) problems.push(problem('rules.not_a_list', 'rules'))
  else if (list.length > MAX_RULES) problems.push(problem('rules.too_many', 'rules', String(MAX_RULES)))
  const rules = list?.slice(0, MAX_RULES).map((item, i) => readRule(item, `rules[${i}]`, problems)) ?? []
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules: rules.filter((rule) => rule !== undefined) }
}

function readRule(item: JsonValue, path: string, problems: RuleProblem[]): SanitiseRule | undefined {
  if (!isObject(item)) {
    problems.push(problem('rule.not_an_object', path))
    return undefined
  }
  refuseUnknown(Object.keys(item), ['match', 'action', 'kind'], { path, problems })
  const match = readMatch(item['match'], `${path}.match`, problems)
  const action = ACTIONS.find((known) => known === item['action'])
  if (action === undefined) problems.push(problem('rule.unknown_action', `${path}.action`, ACTIONS.join(', ')))
  const kind = KINDS.find((known) => known === item['kind'])
  if (item['kind'] !== undefined && kind === undefined) {
    problems.push(problem('rule.unknown_kind', `${path}.kind`, KINDS.join(', ')))
  }
  if (action === undefined) return undefined
  return { match, action, ...(kind === undefined ? {} : { kind }) }
}

const PARTS = ['name', 'host', 'jsonPath'] as const

function readMatch(value: JsonValue | undefined, path: string, problems: RuleProblem[]): SanitiseRule['match'] {
  const match: SanitiseRule['match'] = {}
  const given = isObject(value) ? value : {}
  refuseUnknown(Object.keys(given), PARTS, { path, problems })
  for (const part of PARTS) {
    const text = given[part]
    if (text === undefined) continue
    const wrong = problemOfText(text, part, `${path}.${part}`)
    if (wrong !== undefined) problems.push(wrong)
    else match[part] = String(text).trim()
  }
  if (PARTS.every((part) => given[part] === undefined)) problems.push(problem('rule.no_match', path))
  return match
}

function problemOfText(text: JsonValue, part: (typeof PARTS)[number], path: string): RuleProblem | undefined {
  if (typeof text !== 'string' || text.trim() === '' || text.length > MAX_TEXT) {
    return problem('rule.not_a_text', path, String(MAX_TEXT))
  }
  const isRight = part !== 'jsonPath' || (isJsonPath(text.trim()) && text.split('..').length <= MAX_DESCENTS)
  return isRight ? undefined : problem('rule.not_a_path', path)
}

/** Each `..` of a path multiplies the ways in which it may fit. */
const MAX_DESCENTS = 4

function refuseUnknown(
  names: readonly string[],
  known: readonly string[],
  { path, problems }: { path: string; problems: RuleProblem[] },
): void {
  for (const name of names) {
    if (!known.includes(name))
      problems.push(problem('rule.unknown_field', `${path}.${name.slice(0, 60)}`, known.join(', ')))
  }
}

function problem(code: RuleProblemCode, path: string, detail = ''): RuleProblem {
  const { en, el } = MESSAGES[code]
  return { code, path, message: { en: en.replace('{}', () => detail), el: el.replace('{}', () => detail) } }
}

const MESSAGES: Readonly<Record<RuleProblemCode, { en: string; el: string }>> = {
  'rules.not_a_list': {
    en: 'The rules must be a JSON list: [{ "match": { … }, "action": "…" }].',
    el: 'Οι κανόνες πρέπει να είναι λίστα JSON: [{ "match": { … }, "action": "…" }].',
  },
  'rules.too_many': { en: 'There may be at most {} rules.', el: 'Επιτρέπονται το πολύ {} κανόνες.' },
  'rule.not_an_object': {
    en: 'A rule must be an object with "match" and "action".',
    el: 'Ένας κανόνας πρέπει να είναι αντικείμενο με «match» και «action».',
  },
  'rule.unknown_field': { en: 'Unknown field. Known are: {}.', el: 'Άγνωστο πεδίο. Γνωστά είναι: {}.' },
  'rule.no_match': {
    en: 'Say what the rule is about: at least one of "name", "host" and "jsonPath".',
    el: 'Πείτε τι αφορά ο κανόνας: τουλάχιστον ένα από τα «name», «host» και «jsonPath».',
  },
  'rule.not_a_text': {
    en: 'This must be a text of 1 to {} characters.',
    el: 'Εδώ χρειάζεται κείμενο από 1 έως {} χαρακτήρες.',
  },
  'rule.not_a_path': {
    en: 'This is no JSON path. Write for example $.user.email, $.items[*].id or $..token.',
    el: 'Αυτό δεν είναι διαδρομή JSON. Γράψτε για παράδειγμα $.user.email, $.items[*].id ή $..token.',
  },
  'rule.unknown_action': { en: 'The action must be one of: {}.', el: 'Η ενέργεια πρέπει να είναι μία από: {}.' },
  'rule.unknown_kind': { en: 'The kind must be one of: {}.', el: 'Το είδος πρέπει να είναι ένα από: {}.' },
}
