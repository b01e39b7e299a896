import type { EnvironmentValue } from '../facts.ts'
import { type Finding, type Hit, hits, type Source, wordsAfter, wordsBefore } from './source.ts'

const tunnels: [RegExp, 'vpn' | 'proxy'][] = [
  [/(?<!\p{L})vpn(?!\p{L})/gu, 'vpn'],
  [/(?<!\p{L})(?:proxy|διακομιστη\p{L}* μεσολαβησησ|diakomisti mesolavisis)(?!\p{L})/gu, 'proxy'],
]

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const negations = set(
  'no not without dont doesnt never nor neither off disabled χωρισ δεν ουτε οχι εκτοσ κλειστο κλεισμενο απενεργοποιησα εκλεισα ekleisa kleisto horis xwris xoris choris den oute oxi',
)
const joints = set('or nor and ή η και ουτε i kai oute a any')
const doubts = set('could maybe perhaps might should can does is μηπωσ μπορει γινεται mipos mipws mporei if αν an')
const presence = set(
  'with using use behind through via have has our my company corporate on με εχω εχουμε πισω μεσω εταιρικο εταιρικοσ me exw exo piso pisw meso etairiko',
)
const isOff =
  /^(?:is |was |ειναι |einai )?(?:turned |switched )?(?:off|disabled|κλειστο|απενεργοποιημενο|κλειστοσ|kleisto)(?: |$)/
const isOn =
  /^(?:is |was |ειναι |einai )?(?:turned |switched )?(?:on|enabled|active|connected|ανοιχτο|ενεργο|ανοικτο|anoixto|anoikto)(?: |$)/

/** Whether a VPN or proxy is in use, as far as the person says so; a question or a guess about one says nothing. */
export function readTunnels(source: Source): Finding[] {
  const all = tunnels.flatMap(([pattern, name]) => hits(source, pattern).map((hit) => ({ ...hit, name })))
  const ordered = all.sort((a, b) => a.start - b.start)
  const states: (boolean | undefined)[] = []
  for (const [index, hit] of ordered.entries()) {
    const inherited = isJoined(source, ordered[index - 1], hit) ? states[index - 1] : undefined
    states.push(stateOf(source, hit) ?? inherited)
  }
  return (['vpn', 'proxy'] as const).flatMap((name) => {
    const index = ordered.findIndex((hit, i) => hit.name === name && states[i] !== undefined)
    const hit = ordered[index]
    const state = states[index]
    if (!hit || state === undefined) return []
    const value: EnvironmentValue = name === 'vpn' ? { vpn: state } : { proxy: state }
    return [{ field: 'environment', value, quote: hit.quote }]
  })
}

function stateOf(source: Source, { start, end }: Hit): boolean | undefined {
  const before = wordsBefore(source, start, 4)
  const after = wordsAfter(source, end, 3).join(' ')
  if (isOff.test(after)) return false
  if (isOn.test(after)) return true
  if (before.some((word) => doubts.has(word)) || isBoth(before)) return undefined
  if (before.slice(-3).some((word) => negations.has(word))) return false
  return before.slice(-3).some((word) => presence.has(word)) ? true : undefined
}

/** "with and without VPN" says nothing about what is on now. */
function isBoth(words: readonly string[]): boolean {
  return /(?:with|με|me) (?:and|or|και|η|kai|i) (?:without|χωρισ|horis|xwris|xoris|choris)/.test(words.join(' '))
}

/** "no VPN or proxy" denies both. */
function isJoined(source: Source, previous: Hit | undefined, hit: Hit): boolean {
  if (!previous) return false
  const between = source.folded.slice(previous.end, hit.start).match(/[\p{L}/]+/gu) ?? []
  return between.length <= 2 && between.every((word) => joints.has(word) || word === '/')
}
