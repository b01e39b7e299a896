import { type Check, type Refusal, Refused } from './refusal.ts'

export type Step = Readonly<{ check: string; outcome: 'passed' | 'refused' }>

/** What was asked so far and how it was answered: the trail that a diagnosis screen shows. */
export class Steps {
  readonly taken: Step[] = []

  ask<Subject>(checks: readonly Check<Subject>[], subject: Subject): void {
    for (const { name, run } of checks) {
      const refusal = run(subject)
      if (refusal) this.refuse(name, refusal)
      this.pass(name)
    }
  }

  pass(check: string): void {
    this.taken.push({ check, outcome: 'passed' })
  }

  refuse(check: string, refusal: Refusal): never {
    throw new Refused(check, refusal)
  }

  /** The trail with the refusal that ended it. */
  endedBy({ check }: Refused): Step[] {
    return [...this.taken, { check, outcome: 'refused' }]
  }
}
