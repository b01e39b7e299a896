import type { SsoRemedy } from '@clew/contract/single-sign-on'
import type { SsoT } from './words.ts'

/** What a remedy does, as the words on its button. */
export const remedyWords = (
  t: SsoT,
  { remedy, email = '', domain = '', claim }: SsoRemedy,
  values: Readonly<Record<string, string>>,
): string => {
  const connection = values['connection'] ?? ''
  if (remedy === 'fix_mapping' && claim !== undefined)
    return t('console-sso.remedy_fix_mapping_here', { claim, connection })
  return t(`console-sso.remedy_${remedy}`, { email, domain, name: values['name'] ?? '', connection })
}
