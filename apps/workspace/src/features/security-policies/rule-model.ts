import type { PolicyEffect, PolicyName, PolicyValue } from '@clew/contract/security-policies'

type Phrased = Extract<
  PolicyEffect['code'],
  'signs_out' | 'signs_you_out' | 'cannot_sign_in' | 'keys_end' | 'links_end' | 'invitations_void' | 'must_enrol'
>

/** In the order of how much people lose. */
const phrased: readonly Phrased[] = [
  'cannot_sign_in',
  'signs_out',
  'signs_you_out',
  'keys_end',
  'links_end',
  'invitations_void',
  'must_enrol',
]

/** The effect that is typed to confirm all of them. */
export function phraseOf(effects: readonly PolicyEffect[]): { code: Phrased; count: number } | undefined {
  for (const code of phrased) {
    const effect = effects.find((each) => each.code === code)
    if (effect) return { code, count: effect.count ?? 0 }
  }
  return undefined
}

/** Whether there is something in every field that has to have something; what it may be, the server says. */
export function isComplete<N extends PolicyName>(name: N, value: PolicyValue<N>): boolean {
  const numbers = Object.values(value).filter((part) => typeof part === 'number')
  if (numbers.some((part) => !Number.isInteger(part))) return false
  if (name === 'passwords') return (value as PolicyValue<'passwords'>).ways.length > 0
  if (name === 'ip_allow_list')
    return (value as PolicyValue<'ip_allow_list'>).ranges.every(({ range }) => isRange(range.trim()))
  return true
}

/** An address or a range, roughly: the server looks closely. */
const isRange = (text: string): boolean => /^[0-9a-f.:]{2,45}(?:\/\d{1,3})?$/i.test(text) && /[.:]/.test(text)
