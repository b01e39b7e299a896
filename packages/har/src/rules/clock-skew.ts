import type { CaptureEntry } from '../capture.ts'
import type { EntryRule } from '../finding.ts'
import type { Scene } from '../scene.ts'

type Direction = Pick<EntryRule, 'customer' | 'agent'> & { isWrong: (skewMs: number) => boolean }

const WRONG_MS = 5 * 60_000

/** The device's clock is wrong, so tokens seem expired or not yet valid. One for each direction. */
export const clockSkew: readonly EntryRule[] = [
  direction({
    isWrong: (skewMs) => skewMs > WRONG_MS,
    customer: {
      en: 'The clock of your device is [[{hours} h]][[{minutes} min]] slow, which breaks signing in.',
      el: 'Το ρολόι της συσκευής σας πηγαίνει [[{hours} ώρες]][[{minutes} λεπτά]] πίσω και αυτό χαλάει τη σύνδεση.',
    },
    agent: {
      en: 'The device’s clock is [[{hours} h]][[{minutes} min]] behind the servers: tokens look not yet valid.',
      el: 'Το ρολόι της συσκευής είναι [[{hours} ώρες]][[{minutes} λεπτά]] πίσω από τους διακομιστές: τα διακριτικά φαίνονται να μην ισχύουν ακόμη.',
    },
  }),
  direction({
    isWrong: (skewMs) => skewMs < -WRONG_MS,
    customer: {
      en: 'The clock of your device is [[{hours} h]][[{minutes} min]] fast, which breaks signing in.',
      el: 'Το ρολόι της συσκευής σας πηγαίνει [[{hours} ώρες]][[{minutes} λεπτά]] μπροστά και αυτό χαλάει τη σύνδεση.',
    },
    agent: {
      en: 'The device’s clock is [[{hours} h]][[{minutes} min]] ahead of the servers: tokens look expired.',
      el: 'Το ρολόι της συσκευής είναι [[{hours} ώρες]][[{minutes} λεπτά]] μπροστά από τους διακομιστές: τα διακριτικά φαίνονται ληγμένα.',
    },
  }),
]

function direction({ isWrong, customer, agent }: Direction): EntryRule {
  return {
    id: 'clock-skew',
    severity: 'medium',
    per: 'capture',
    quotesIds: false,
    select: (scene) => (isWrong(scene.clockSkewMs ?? 0) ? scene.inTime.filter(isDated).slice(0, 3) : []),
    describe: (_, scene) => apart(scene),
    customer,
    agent,
    nextStep: {
      en: 'Let the device set its date, time and zone by itself.',
      el: 'Ρυθμίστε τη συσκευή να ορίζει μόνη της ημερομηνία, ώρα και ζώνη ώρας.',
    },
  }
}

function isDated(entry: CaptureEntry): boolean {
  return entry.responseHeaders.has('date') && !entry.responseHeaders.has('age')
}

function apart({ clockSkewMs = 0 }: Scene): { minutes: number | ''; hours: number | '' } {
  const minutes = Math.round(Math.abs(clockSkewMs) / 60_000)
  return minutes < 120 ? { minutes, hours: '' } : { minutes: '', hours: Math.round(minutes / 60) }
}
