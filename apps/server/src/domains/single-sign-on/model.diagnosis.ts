import type { SsoCause, SsoFinding, SsoRemedy } from '@clew/contract/single-sign-on'
import { causes } from './model.causes.ts'
import type { DiagnosisFacts, Values } from './model.facts.ts'

export type Diagnosis = {
  cause: SsoCause
  letter: string | undefined
  values: Values
  findings: SsoFinding[]
  remedies: SsoRemedy[]
}

const oneClick = new Set(['invite', 'invite_as', 'link_alias', 'resend_invitation', 'lift_deactivation'])

/** Who, and why: the first cause of the table that fits, with its evidence, and what was looked at and ruled out. */
export function diagnose(facts: DiagnosisFacts): Diagnosis {
  const index = causes.findIndex((each) => each.fits(facts))
  const found = causes[index]
  const sent = whatCame(facts)
  if (!found) return { cause: 'nothing_known', letter: undefined, values: {}, findings: sent, remedies: [] }
  const excluded = causes
    .filter((each) => each !== found)
    .flatMap((each) => each.ruledOut?.(facts) ?? [])
    .map((finding): SsoFinding => ({ mark: 'not_it', finding, values: {} }))
  return {
    cause: found.cause,
    letter: found.letter,
    values: { ...baseValues(facts), ...found.values?.(facts) },
    findings: [...sent, ...(found.evidence?.(facts) ?? []), ...excluded],
    remedies: (found.remedies?.(facts) ?? []).map((each) => ({
      ...each,
      // Whom provisioning has taken away is brought back there.
      isOneClick:
        (oneClick.has(each.remedy) && found.cause !== 'deactivated_by_provisioning') ||
        (each.remedy === 'fix_mapping' && each.claim !== undefined),
    })),
  }
}

function baseValues({ asked, attempt, connection }: DiagnosisFacts): Record<string, string> {
  return {
    address: asked?.address ?? attempt?.assertedEmail ?? attempt?.typedEmail ?? '',
    domain: asked?.domain ?? '',
    connection: connection?.name ?? '',
  }
}

function whatCame({ attempt, connection }: DiagnosisFacts): SsoFinding[] {
  if (!attempt) return []
  const at = attempt.at.toISOString()
  const values = { connection: connection?.name ?? '', typed: attempt.typedEmail ?? '' }
  if (attempt.assertedEmail !== undefined)
    return [{ mark: 'sent', finding: 'vouched', values: { ...values, address: attempt.assertedEmail }, at }]
  if (connection) return [{ mark: 'sent', finding: 'answered', values, at }]
  return attempt.typedEmail === undefined ? [] : [{ mark: 'sent', finding: 'typed', values, at }]
}
