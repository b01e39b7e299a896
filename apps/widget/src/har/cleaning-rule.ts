import type { SanitisingPolicy } from '@clew/contract/captures'

export type CleaningRule = {
  operators(): SanitisingPolicy | undefined
  /** Whether somebody is here whose organisation may have a say: one with a session, or whom the host page names. */
  isSomebody(): Promise<boolean>
  /** The operator's with what their organisation demands beyond it. */
  theirs(): Promise<SanitisingPolicy>
}

/** What holds for whoever is here. Where that cannot be found out nothing is kept that it might forbid. */
export async function policyFor({
  operators,
  isSomebody,
  theirs,
}: CleaningRule): Promise<SanitisingPolicy | undefined> {
  if (!(await isSomebody())) return operators()
  return theirs().catch(() => ({ keepBodiesOf: [], rules: [], ...operators(), policy: 'strict' as const }))
}
