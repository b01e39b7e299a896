import type { EnvironmentValue } from '../facts.ts'
import { asCorrection } from './account.ts'
import {
  expects,
  type Finding,
  type Hit,
  hits,
  nearBefore,
  type Source,
  sureness,
  wordsAfter,
  wordsBefore,
} from './source.ts'

type Tunnel = 'vpn' | 'proxy' | 'firewall'

const tunnels: [RegExp, Tunnel][] = [
  [/(?<![\p{L}_])vpn(?![\p{L}_])/gu, 'vpn'],
  [/(?<![\p{L}_])(?:proxy|proxies|διακομιστη\p{L}* μεσολαβησησ|μεσολαβητη)(?![\p{L}_])/gu, 'proxy'],
  [/(?<![\p{L}_])(?:firewall|τειχοσ προστασιασ|τειχοσ)(?![\p{L}_])/gu, 'firewall'],
]

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const negations = set(
  'no not without dont doesnt isnt never nor neither off disabled disconnected none χωρισ δεν ουτε οχι εκτοσ κλειστο κλεισμενο απενεργοποιησα εκλεισα κλεισαμε κανενα',
)
const switchedOff = /^(?:κλεισ|εκλεισ|απενεργοποι|disabl|disconnect)/
const joints = set('or nor and ή η και ουτε a any οχι no kai')
const doubts = set(
  'could maybe perhaps might should would can does is are μηπωσ μπορει γινεται mporei if whether αν support φταιει',
)
const presence = set(
  'with using use behind through via via have has our my company corporate on office work suspect connected με εχω εχουμε πισω μεσω εταιρικο εταιρικοσ εταιρικη συνδεδεμενοσ',
)
const isOff =
  /^(?:is |was |ειναι |μου |μασ )*(?:turned |switched )?(?:off|disabled|disconnected|κλειστο|κλεισμενο|απενεργοποιημενο|κλειστοσ)(?: |$)/
const isOn =
  /^(?:is |was |ειναι |μου |μασ )*(?:turned |switched )?(?:on|enabled|active|connected|ανοιχτο|ενεργο|ανοικτο)(?: |$)/
/** "VPN δεν έχω", "VPN we do not use". */
const isDeniedBehind =
  /^(?:\p{L}+ ){0,2}?(?:δεν (?:εχω|εχουμε|χρησιμοποιω|χρησιμοποιουμε|υπαρχει)|(?:we |i )?(?:dont|do not) (?:use|have))(?: |$)/u
const worksThere =
  /^(?:\p{L}+ ){0,2}?(?:works|worked|(?:goes|went) (?:up|through)|δουλευει|δουλεψε|ανεβηκε|ανεβαινει|κανονικα|παιζει|λειτουργει|fine|ok)(?: |$)/u
/** What our own proxy does, it does: "our proxy strips it", "the firewall blocks it". */
const acts = /^(?:that |που )?(?:strips?|blocks?|drops?|rewrites?|sits|inspects?|κοβει|μπλοκαρει|αφαιρει)(?: |$)/

/** Whether a VPN, a proxy or a firewall is in between, as far as the person says so; a question or a guess says nothing. */
export function readTunnels(source: Source): Finding[] {
  const all = tunnels.flatMap(([pattern, name]) => hits(source, pattern).map((hit) => ({ ...hit, name })))
  const ordered = all.sort((a, b) => a.start - b.start)
  const states: (boolean | undefined)[] = []
  for (const [index, hit] of ordered.entries()) {
    const inherited = isJoined(source, ordered[index - 1], hit) ? states[index - 1] : undefined
    const own = stateOf(source, hit)
    states.push(inherited === false && own !== true ? false : (own ?? inherited))
  }
  return (['vpn', 'proxy', 'firewall'] as const).flatMap((name) => {
    const index = ordered.findIndex((hit, i) => hit.name === name && states[i] !== undefined)
    const hit = ordered[index]
    const state = states[index]
    if (!hit || state === undefined || (name === 'firewall' && !state)) return []
    return [finding(source, hit, { [name]: state })]
  })
}

const finding = (source: Source, hit: Hit, value: EnvironmentValue): Finding => ({
  field: 'environment',
  value,
  quote: hit.quote,
  confidence: sureness(source, hit, 0.85),
  ...asCorrection(source),
})

function stateOf(source: Source, hit: Hit): boolean | undefined {
  const before = wordsBefore(source, hit.start, 4)
  const after = wordsAfter(source, hit.end, 5).join(' ')
  const plain = plainState(source, hit, after)
  if (plain !== undefined) return plain
  if (isBoth(before)) return undefined
  if (before.slice(-2).some((word) => /^(?:yes|ναι|nai)$/.test(word))) return true
  const near = nearBefore(source, hit.start, 3)
  const isOpen = isAsked(source, hit, before)
  if (near.some((word) => negations.has(word) || switchedOff.test(word))) {
    // "Without the VPN it works": so it is on when it does not.
    if (worksThere.test(after)) return true
    return isOpen ? undefined : false
  }
  if (acts.test(after)) return true
  if (isOpen || before.some((word) => doubts.has(word))) return undefined
  return near.some((word) => presence.has(word)) || isListed(source, hit) ? true : undefined
}

/** Said right behind the word: "VPN: no", "VPN is off", «VPN δεν έχω». */
function plainState(source: Source, { end }: Hit, after: string): boolean | undefined {
  const [, answer] = /^\s?[:=]\s?(\p{L}+)/u.exec(source.folded.slice(end, end + 20)) ?? []
  if (answer && /^(?:no|off|none|οχι|κλειστο)$/.test(answer)) return false
  if (answer && /^(?:yes|on|ναι|ανοιχτο)$/.test(answer)) return true
  if (isOff.test(after) || isDeniedBehind.test(after)) return false
  return isOn.test(after) ? true : undefined
}

function isAsked(source: Source, { end }: Hit, before: readonly string[]): boolean {
  const rest = /^[^.!?;·\n]{0,80}/u.exec(source.folded.slice(end))?.[0] ?? ''
  const isQuestion = /^[?;]/.test(source.folded.slice(end + rest.length))
  return isQuestion && before.some((word) => doubts.has(word))
}

/** "Home wifi, VPN", or the bare word as an answer. */
function isListed(source: Source, { start, end }: Hit): boolean {
  const isAlone = /^\s*(?:$|[,.)\n])/.test(source.folded.slice(end, end + 4))
  const opens = /(?:^|[,.(\n+]|\band|και)\s*$/u.test(source.folded.slice(Math.max(0, start - 6), start))
  return isAlone && opens && (start > 0 || expects(source, 'environment'))
}

/** "with and without VPN" says nothing about what is on now. */
function isBoth(words: readonly string[]): boolean {
  return /(?:with|με) (?:and|or|και|η) (?:without|χωρισ)/.test(words.join(' '))
}

/** "no VPN or proxy" denies both. */
function isJoined(source: Source, previous: Hit | undefined, hit: Hit): boolean {
  if (!previous) return false
  const between = source.folded.slice(previous.end, hit.start).match(/[\p{L}/]+/gu) ?? []
  return between.length <= 2 && between.every((word) => joints.has(word) || word === '/')
}
