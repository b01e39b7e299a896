import {
  expects,
  type Hit,
  nearAfter,
  nearBefore,
  type Source,
  sentenceAround,
  wordsAfter,
  wordsBefore,
} from './source.ts'

/** A thing that is named somewhere: does the problem show there, or is it denied, or just where all is well? */
export type Standing = 'affected' | 'denied' | 'works' | 'aside'

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

const connecting = set(`
  in on with using use via the my our a an same it is was its from and or at by of either google microsoft new only i im am
  σε στον στο στη στην στα στουσ με απο τον το την τη μου μασ και η ειναι ηταν ειμαι μεσω εναν ενα οτι χρησιμοποιω εχω
  hotspot of data fine well too also phone phones mobile personal own other another company home office hotel windows normal old new perfectly ολα μια χαρα κανονικα
`)
const denials = set(
  'blocks blocked uninstalled not isnt wasnt never no nor neither instead except without οχι δεν μη ουτε αντι εκτοσ χωρισ',
)
const works = set(
  'works working worked fine perfectly ok καλα okay loads opens uploads succeeds succeeded disappears disappeared δουλευει λειτουργει παιζει κανονικα ανοιγει φορτωνει μπαινει ανεβαινει δουλευουν ανεβηκε ανεβηκαν δουλεψε δουλεψαν λειτουργησε επαιξε',
)
/** Two words that say it: "it went up", "there is no problem", "it uploaded". */
const worksInTwo =
  /^(?:(?:went|goes|got|gets|came|comes) (?:up|through|in|away|well)|(?:it|they|everything|all|file) (?:uploaded|loaded|opened|passed|finished)|no (?:problems?|errors?|issues?|trouble)|(?:χωρισ|κανενα) (?:προβλημα\p{L}*|λαθοσ|σφαλμα\p{L}*)|(?:ολα|αρχειο) (?:περασε|περασαν|ανοιξε|φορτωσε))$/u
/** What went so far, or worked so long, works no more. */
const onlySo =
  /^(?:(?:fine|ok|well|through|καλα|κανονικα) )?(?:until|till?|up (?:to|until|till?)|μεχρι|εωσ|ωσ|στο \d+)(?: |$)/u
/** What somebody tried, and found to work, is joined with "and". */
const trials = set('tried try trying switched switch changed moved δοκιμασα δοκιμασαμε αλλαξα αλλαξαμε γυρισα')
const notReally = set(
  'not doesnt didnt wont cant isnt never stopped nothing hardly barely δεν no nor ουτε κανενα τιποτα μη',
)
const others = set(`
  colleague colleagues boss bosss friend friends wife wifes husband husbands coworker coworkers neighbour his her their
  συναδελφοσ συναδελφου συναδελφων φιλοσ φιλου αντρα αντρασ γυναικα γυναικασ αφεντικο συνεταιρου
  stolen lost κλεψανε κλεψαν εκλεψαν χασα εχασα stole
`)
const gone = set('stolen lost broke broken died χαθηκε εκλαπη χαλασε')
const contrasts = set('but whereas αλλα ομωσ ενω alla omos omws while though')

/** How a place in the text stands to the problem. */
export function standingOf(source: Source, { start, end }: Place): Standing {
  const before = wordsBefore(source, start, 9)
  if (isAside(source, { start, end }, before)) return 'aside'
  const near = nearBefore(source, start, 9)
  while (near.length > 0 && connecting.has(near.at(-1) ?? '')) near.pop()
  const last = near.at(-1) ?? ''
  if (works.has(last) || saysWorks(near, near.length - 2)) {
    const isOnlySo = onlySo.test(wordsAfter(source, end, 4).join(' '))
    return isOnlySo || isDenied(near.slice(0, -1)) ? 'affected' : 'works'
  }
  if (denials.has(last)) return deniedHere(before, near)
  return worksAfter(source, end) ? 'works' : 'affected'
}

type Place = Pick<Hit, 'start' | 'end'>

/** Somebody else's, lost, or another than the one that was told of. */
function isAside(source: Source, place: Place, before: readonly string[]): boolean {
  const isOthers = before.slice(-3).some((word) => others.has(word))
  return (
    isOthers || wordsAfter(source, place.end, 3).some((word) => gone.has(word)) || isAnotherThanKnown(source, place)
  )
}

const another = /(?<!\p{L})(?:an?other|(?:an?|my) (?:different|second|other)|αλλ(?:ο|η|ον|ου|οσ))(?!\p{L})/u

/** "On another laptop it is the same": where it was seen first stands. */
function isAnotherThanKnown(source: Source, { start, end }: Place): boolean {
  if (source.isCorrection || expects(source, 'environment')) return false
  if (!source.known.some(({ field }) => field === 'environment')) return false
  const words = [...nearBefore(source, start, 4), source.folded.slice(start, end)].join(' ')
  return another.test(words)
}

/** "Works in Chrome but not in Firefox" speaks of Firefox; "fails in Chrome but not in Firefox" does not. */
function deniedHere(before: readonly string[], near: readonly string[]): Standing {
  const isContrast = contrasts.has(near.at(-2) ?? '')
  const said = before.findIndex((word) => works.has(word))
  return isContrast && said >= 0 && !isDenied(before.slice(0, said)) ? 'affected' : 'denied'
}

/** "The hotspot of my phone" is named to its end. */
const belongs = /^(?:\s+(?:of|from|on)\s+(?:my|the|our)\s+\p{L}+|\s+(?:του|απο το)\s+κινητου?(?:\s+μου)?)/u
const isThere =
  /^\s*,\s*(?:and |και )?(?:it|there|they|all|everything|no|εκει|ολα|ανεβηκ\p{L}+|ανεβαιν\p{L}+|δουλε\p{L}+|λειτουργ\p{L}+|παιζ\p{L}+|επαιξ\p{L}+)(?!\p{L})/u

/** "In Chrome it works", unless "but" brings in the next thing first. */
function worksAfter(source: Source, named: number): boolean {
  const end = named + (belongs.exec(source.folded.slice(named, named + 60))?.[0].length ?? 0)
  const rest = source.folded.slice(end, sentenceAround(source, end, end).end)
  const isComma = /^\s*[,)]/.test(rest)
  if (isComma && !isThere.test(rest)) return false
  const after = nearAfter(source, end, 7)
  const isTrial = wordsBefore(source, named, 9).some((word) => trials.has(word))
  const until = after.findIndex((word, index) => contrasts.has(word) || isJoint(word, isTrial || (isComma && !index)))
  const own = until < 0 ? after : after.slice(0, until)
  const at = own.findIndex((word, index) => (index < 4 && works.has(word)) || saysWorks(own, index))
  return at >= 0 && !isDenied(own.slice(0, at)) && !onlySo.test(after.slice(at + 1, at + 5).join(' '))
}

/** "And" brings in something else, unless it tells what came of a trial. */
const isJoint = (word: string, isOutcome: boolean): boolean => !isOutcome && (word === 'and' || word === 'και')

const saysWorks = (words: readonly string[], at: number): boolean =>
  at >= 0 && worksInTwo.test(words.slice(at, at + 2).join(' '))

const isDenied = (words: readonly string[]): boolean => words.slice(-3).some((word) => notReally.has(word))

/** The first place where the problem shows. */
export const firstAffected = <T extends Hit>(source: Source, mentions: readonly T[]): T | undefined =>
  [...mentions]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .find((mention) => standingOf(source, mention) === 'affected')
