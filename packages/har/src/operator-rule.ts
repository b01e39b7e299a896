import { looksRandom } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { kindOfName } from './names.ts'
import type { RulePlace } from './operator-policy.ts'
import type { SanitiseRule } from './types.ts'

/** What an operator's rule makes of a value; undefined when none speaks of it, or when it may not keep what it would. */
export function ruledValue(place: Omit<RulePlace, 'host'>, value: string, cleaner: Cleaner): string | undefined {
  const rule = ruleFor(place, cleaner)
  return rule === undefined ? undefined : applyRule(rule, { name: place.name, value }, cleaner)
}

/** The same for a value of a URL, where a placeholder has no space. */
export function ruledUrlValue(name: string, value: string, cleaner: Cleaner): string | undefined {
  const rule = ruleFor({ name }, cleaner)
  if (rule === undefined) return undefined
  if (rule.action === 'keep') return applyRule(rule, { name, value }, cleaner)
  cleaner.learn(rule.kind ?? 'token', value)
  return cleaner.secretInUrl(rule.kind ?? 'other', rule.kind ?? 'value', value)
}

export function ruleFor(place: Omit<RulePlace, 'host'>, cleaner: Cleaner): SanitiseRule | undefined {
  return cleaner.operator.hasRules ? cleaner.operator.ruleFor({ ...place, host: cleaner.host }) : undefined
}

export function applyRule(
  rule: SanitiseRule,
  { name, value }: { name: string; value: string },
  cleaner: Cleaner,
): string | undefined {
  if (rule.action === 'keep') return mayKeep(name, value) ? keep(value, cleaner) : undefined
  cleaner.learn(rule.kind ?? 'token', value)
  return rule.action === 'remove'
    ? cleaner.deny(rule.kind ?? 'other', 'removed', value)
    : cleaner.secret(rule.kind ?? 'other', rule.kind ?? 'value', value)
}

function keep(value: string, cleaner: Cleaner): string {
  const clean = cleaner.netForId(value)
  if (clean === value) cleaner.kept('operator_rule')
  return clean
}

/** A rule may correct a wrong guess from a name, but not let out what looks like a credential. */
function mayKeep(name: string, value: string): boolean {
  const kind = kindOfName(name)
  if (kind === 'password') return false
  return (kind !== 'token' && kind !== 'cookie') || (value.length <= 64 && !looksRandom(value.padEnd(20, '_')))
}
