import type { PolicyName, PolicyValue, PolicyValues } from '@clew/contract/security-policies'
import type { PoliciesT } from './words.ts'

type Sentences = { [N in PolicyName]: (t: PoliciesT, value: PolicyValue<N>) => string }

/** What holds, in a sentence. */
export const sentenceOf = <N extends PolicyName>(t: PoliciesT, name: N, value: PolicyValue<N>): string =>
  (sentences[name] as Sentences[N])(t, value)

const sentences: Sentences = {
  mfa: (t, { mode, graceDays }) =>
    mode === 'off' ? t('console-policies.says_mfa_off') : t('console-policies.says_mfa', { days: graceDays }),
  passwords: (t, { minLength, ways }) =>
    t('console-policies.says_passwords', {
      ways: listed(
        t,
        ways.map((way) => t(`console-policies.way_${way}`)),
      ),
      length: minLength,
    }),
  sessions: (t, { idleMinutes, absoluteHours }) =>
    t('console-policies.says_sessions', { idle: spanOf(t, idleMinutes), whole: spanOf(t, absoluteHours * 60) }),
  ip_allow_list: (t, { ranges }) => t('console-policies.says_ip_allow_list', { count: ranges.length }),
  joining: (t, { foreignDomains, autoJoin, requests }) =>
    [
      t(`console-policies.says_joining_${foreignDomains}`),
      t(autoJoin ? 'console-policies.says_joining_auto' : 'console-policies.says_joining_no_auto'),
      t(requests ? 'console-policies.says_joining_requests' : 'console-policies.says_joining_no_requests'),
    ].join(' '),
  api_keys: (t, { maxDays, scopes, serviceAccountsOnly }) =>
    [
      t('console-policies.says_api_keys', { days: maxDays }),
      ...(serviceAccountsOnly ? [t('console-policies.says_api_keys_service')] : []),
      ...(scopes === null ? [] : [t('console-policies.says_api_keys_scopes', { count: scopes.length })]),
    ].join(' '),
  attachments: (t, { kinds, maxMb }) =>
    kinds.length === 0
      ? t('console-policies.says_attachments_none')
      : t('console-policies.says_attachments', {
          kinds: listed(
            t,
            kinds.map((kind) => t(`console-policies.kind_${kind}`)),
          ),
          size: maxMb,
        }),
  har: (t, { level }) => t(`console-policies.says_har_${level}`),
  model: (t, { allowed, zeroRetention }: PolicyValues['model']) => {
    if (!allowed) return t('console-policies.says_model_off')
    return t(zeroRetention ? 'console-policies.says_model_zero' : 'console-policies.says_model')
  },
  public_links: (t, { allowed, maxDays, passwordRequired }) => {
    if (!allowed) return t('console-policies.says_links_off')
    return t(passwordRequired ? 'console-policies.says_links_password' : 'console-policies.says_links', {
      days: maxDays,
    })
  },
  support: (t, { mayRepairSignIns }) =>
    t(mayRepairSignIns ? 'console-policies.says_support_on' : 'console-policies.says_support_off'),
  region: (t, { label }) =>
    label === '' ? t('console-policies.says_region_none') : t('console-policies.says_region', { label }),
}

const listed = (t: PoliciesT, parts: readonly string[]): string =>
  new Intl.ListFormat(t.locale, { type: 'conjunction' }).format(parts)

/** In the largest unit that it is a whole number of. */
function spanOf(t: PoliciesT, minutes: number): string {
  const [value, unit] =
    minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return t.format.number(Number(value), { style: 'unit', unit: String(unit), unitDisplay: 'long' })
}
