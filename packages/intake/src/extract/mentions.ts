import { type Hit, nearAfter, nearBefore, type Source, sentenceAround, wordsAfter, wordsBefore } from './source.ts'

/** A thing that is named somewhere: does the problem show there, or is it denied, or just where all is well? */
export type Standing = 'affected' | 'denied' | 'works' | 'aside'

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

const connecting = set(`
  in on with using use via the my our a an same it is was its from and or at by of either google microsoft new only i im am
  σε στον στο στη στην στα στουσ με απο τον το την τη μου μασ και η ειναι ηταν ειμαι μεσω εναν ενα οτι χρησιμοποιω εχω
  fine well too also phone phones mobile personal own other another company home office hotel windows normal old new perfectly ολα μια χαρα κανονικα
`)
const denials = set(
  'blocks blocked uninstalled not isnt wasnt never no nor neither instead except without οχι δεν μη ουτε αντι εκτοσ χωρισ',
)
const works = set(
  'works working worked fine perfectly ok καλα okay loads opens uploads succeeds δουλευει λειτουργει παιζει κανονικα ανοιγει φορτωνει μπαινει ανεβαινει δουλευουν',
)
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
export function standingOf(source: Source, { start, end }: Pick<Hit, 'start' | 'end'>): Standing {
  const before = wordsBefore(source, start, 9)
  if (before.slice(-3).some((word) => others.has(word))) return 'aside'
  if (wordsAfter(source, end, 3).some((word) => gone.has(word))) return 'aside'
  const near = nearBefore(source, start, 9)
  while (near.length > 0 && connecting.has(near.at(-1) ?? '')) near.pop()
  const last = near.at(-1) ?? ''
  if (works.has(last)) return isDenied(near.slice(0, -1)) ? 'affected' : 'works'
  if (denials.has(last)) return deniedHere(before, near)
  return worksAfter(source, end) ? 'works' : 'affected'
}

/** "Works in Chrome but not in Firefox" speaks of Firefox; "fails in Chrome but not in Firefox" does not. */
function deniedHere(before: readonly string[], near: readonly string[]): Standing {
  const isContrast = contrasts.has(near.at(-2) ?? '')
  const said = before.findIndex((word) => works.has(word))
  return isContrast && said >= 0 && !isDenied(before.slice(0, said)) ? 'affected' : 'denied'
}

/** "In Chrome it works", unless "but" brings in the next thing first. */
function worksAfter(source: Source, end: number): boolean {
  const { end: stop } = sentenceAround(source, end, end)
  if (
    /^\s*[,)]/.test(source.folded.slice(end, stop)) &&
    !/^\s*,\s*(?:it|there|εκει)/u.test(source.folded.slice(end, stop))
  )
    return false
  const after = nearAfter(source, end, 5)
  const until = after.findIndex((word) => contrasts.has(word) || word === 'and' || word === 'και')
  const own = until < 0 ? after : after.slice(0, until)
  const at = own.slice(0, 4).findIndex((word) => works.has(word))
  return at >= 0 && !isDenied(own.slice(0, at))
}

const isDenied = (words: readonly string[]): boolean => words.slice(-3).some((word) => notReally.has(word))

/** The first place where the problem shows. */
export const firstAffected = <T extends Hit>(source: Source, mentions: readonly T[]): T | undefined =>
  [...mentions]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .find((mention) => standingOf(source, mention) === 'affected')
