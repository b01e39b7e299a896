/*
 * Words that go on with a sentence about a password and are not the password: "is shorter than", "was taken out",
 * «είναι ενεργός», "einai energos". They are compared folded: without accents, in small letters, σ for ς.
 */

const list = (words: string): readonly string[] => words.trim().split(/\s+/).map(fold)

function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll('’', "'")
}

const GREEK_WORDS =
  list(`από με χωρίς μετά πριν μέσα έξω κάτω πάνω επάνω παρακάτω παραπάνω κάτι τίποτα όλα όλοι όλο όλος τρία
  δικός δικό αυτά αυτή αυτοί εκείνος εκείνο όσο όσα όταν αν εάν μόνο ήδη πλέον πια τώρα σήμερα χθες χτες πρέπει μπορεί σαν όπως
  λίγο λίγος τόσο όχι ναι ούτε μεταξύ κατά προς αλλά όμως ώστε επειδή γιατί ακριβώς εντάξει εντελώς τελείως απλώς μάλλον ίσως
  περίπου συνήθως πιο τουλάχιστον έναν κάποιος κάποιο κάθε αρκετά σχεδόν καθόλου επίσης στον στις στους στα του της των τον την
  τους μας σας μέρος ασφαλώς σίγουρα βέβαια δύο οκτώ οχτώ δώδεκα στο στη στην σε μακρύς ασφαλής ακριβής επαρκής ανεπαρκής ελλιπής πλήρης σαφής ασαφής`)

/** Nobody's password, whatever stands around them. */
const ORDINARY = new Set([
  ...GREEK_WORDS,
  ...list(`not no now wrong right correct incorrect invalid valid expired expiring expire required reset changed being been still too
  also always never the a an in on it its so very just only safe secure secret missing blank empty weak strong short long
  forgotten lost known unknown unchanged same different old new fine ok okay working accepted rejected refused denied locked
  blocked saved stored hidden visible shown masked compromised leaked stolen asked needed wanted set there here this that what
  which where when why how and or but if then because good bad broken failing failed saying says doesn't doesnt didn't didnt
  don't dont isn't isnt won't wont can't cant cannot i we they he she you my your our their does do did has have had will would
  should could can may might must please help reset recovery change field manager policy page link email mail login true false
  null none yes protected encrypted hashed case-sensitive optional mandatory default temporary temp sent
  about above after again all almost already any as at away back before behind below between both by during each either enough even
  every everything few for from half hers him his how inside into less like many maybe mine more most much neither no-one nor
  nothing of off often once one ones other others ours out outside over perhaps quite rather since some something somewhere soon
  somehow still such than theirs them these those through to today tomorrow tonight twice under until up upon us via was
  whatever while who whose with within without yesterday yet yours
  λάθος λαθος λανθασμένος λανθασμενος λανθασμένο σωστός σωστος σωστό σωστο άκυρος ακυρος άκυρο μη ληγμένος ληγμενος έγκυρος
  εγκυρος ίδιος ιδιος ίδιο νέος νεος νέο παλιός παλιος παλιό κενός κενό κενο ο η το οι τα ένας ενας ένα ενα αυτός αυτος αυτό
  δεν δε πολύ πολυ μικρός μεγάλος ασφαλής ασφαλες γνωστός άγνωστος απαραίτητος υποχρεωτικός αλλαγμένος χαμένος κλειδωμένος
  σε στο στη στην για να πως ότι οτι και ή που πού εδώ εκεί ακόμα ακόμη πάντα ποτέ προσωρινός προσωρινό
  lathos lathοs sostos swstos akyros akiros idios neos palios keno kenos den de poli poly gia na pos oti kai edo eki`),
])

/** What is told of a password with "is" or "was". Behind a colon they say something only where a sentence goes on. */
const TOLD = new Set(
  list(`taken given written rewritten overwritten spelt spelled misspelt typed kept found sent told made built bound brought
  caught chosen drawn thrown withdrawn worn forgot gone got gotten meant paid proven provided repeated seen spoken spent stuck
  sworn torn understood undone unsent untouched unwritten
  shorter longer weaker stronger older newer safer better worse easier harder simpler smaller bigger greater fewer later earlier
  acceptable active alike alive available unavailable case common complex complicated compulsory confidential difficult due
  exact guessable identical illegible impossible important inactive insecure irrelevant legible memorable necessary obligatory
  obsolete outdated permanent personal possible predictable private readable unreadable reusable sensitive similar simple stale
  sufficient insufficient temporarily unacceptable unchangeable unclear unique unlikely unnecessary unsafe unusable usable
  useful useless vulnerable see look ask δείτε δες βλέπε κοιτάξτε`),
)

/** Words of which somebody may have made a password: they are spared where the sentence goes on. */
const ALSO_CHOSEN = new Set(
  list(`best certain check clear close cut dead easy exposed free fresh full hard held hit kind left let open part plain public
  put random read ready run split subject sure tied`),
)

/** They end as what is told of a password does. */
const NOUNS = new Set(
  list(`alfred bed belly billy bling bully butterfly darling dragonfly duckling dumpling emily family feed firefly holly
  italy jelly jolly july kelly king lily lolly lovely molly monopoly pudding reed ring sally seed sibling spring sterling sting
  string swing viking wedding weed wing`),
)

const GOES_ON =
  /^[ \t]{1,3}(?:above|again|as|at|attached|away|because|before|below|between|by|enough|from|here|in|into|my|of|off|out|over|since|than|the|to|under|until|up|when|with|without|your|yesterday|κατω|πανω|παρακατω|παραπανω|απο|πριν)(?!\p{L})/u
const COMPARED = /^[ \t]{1,3}(?:than|enough|chars|characters|letters|digits|χαρακτηρεσ|γραμματα|ψηφια)(?!\p{L})/u

const GREEK_STEMS =
  list(`ενεργ ανενεργ κακ καλ απλ κρυφ ισχυρ αδύναμ δύσκολ εύκολ έτοιμ ανέτοιμ σωστ λανθασμέν ίδι νέ παλι καινούρι
  καινούργι κεν σταθερ μεγάλ μικρ ορατ αόρατ γνωστ άγνωστ ανοιχτ ανοικτ κλειστ δεκτ αποδεκτ εφικτ δυνατ αδύνατ διαθέσιμ χρήσιμ
  άχρηστ προσβάσιμ έγκυρ άκυρ τυχαί δημόσι αναγκαί απαραίτητ περιττ ασφαλ επισφαλ ανασφαλ ακριβ επαρκ ανεπαρκ ελλιπ πλήρ σύντομ
  σύνθετ πολύπλοκ περίπλοκ ολόκληρ υπαρκτ ανύπαρκτ αναλλοίωτ κατανοητ ευανάγνωστ δυσανάγνωστ ευαίσθητ μόνιμ προσωριν πρόχειρ
  τελευταί ελεύθερ μόν γεμάτ σαφ ασαφ προσωπικ μοναδικ διαφορετικ αρχικ τελικ ειδικ κανονικ υποχρεωτικ προαιρετικ αρκετ αριθμητικ
  αλφαριθμητικ αυτόματ άσχετ ιδιωτικ κοιν`)
const ENDING = '(?:οσ|οι|ου|ουσ|ο|ησ|η|εσ|εισ|α|ων|ωσ|υσ)'
/** «κλεμμένος», «μικρότερος»; of «προσωπικός» only what goes with «ο κωδικός»: «μουσική» may be one. */
const GREEK = new RegExp(
  `^(?:${GREEK_WORDS.join('|')}|(?:${GREEK_STEMS.join('|')}|\\p{L}{2,}(?:μεν|[ουω]τερ))${ENDING}|\\p{L}{2,}ικ(?:οσ|οι))$`,
  'u',
)

/** How a Greek letter is written in Latin ones, by sound or by shape. */
const LATIN: Readonly<Record<string, string>> = {
  αι: '(?:ai|e)',
  ει: '(?:ei|i)',
  οι: '(?:oi|i)',
  ου: '(?:ou|oy|u)',
  ευ: '(?:eu|ey|ev|ef)',
  αυ: '(?:au|ay|av|af)',
  α: 'a',
  β: '[bv]',
  γ: '[gy]',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: '[ihe]',
  θ: '(?:th|8)',
  ι: 'i',
  κ: '[kc]',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: '(?:x|ks)',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  τ: 't',
  υ: '[yiu]',
  φ: '(?:f|ph)',
  χ: '(?:x|ch|h)',
  ψ: 'ps',
  ω: '[ow]',
}
const inLatin = (pattern: string): string =>
  pattern.replace(/αι|ει|οι|ου|ευ|αυ|[α-ω]/gu, (letters) => LATIN[letters] ?? letters)
/** In Latin letters fewer endings are told from names: «καλή» is "Kali" too. */
const LATIN_ENDING = '(?:[ow]s|oi|o|ous|a|es)'
const GREEKLISH = new RegExp(
  `^(?:${inLatin(`${GREEK_WORDS.join('|')}|(?:${GREEK_STEMS.join('|')})${LATIN_ENDING}|\\p{L}{2,}(?:men(?:os|oi|o|[hi]|es)|[ouwy]teros)`)})$`,
  'u',
)

/** A word beside "password", as it stands in its sentence. */
export type Beside = {
  word: string
  /** "is", «είναι», ":". */
  link: string
  /** What was read up to the word, from the noun on. */
  said: string
  /** What precedes the noun. */
  before: string
  /** What follows the word. */
  after: string
}

/** Whether the word is part of a sentence about a password, and not the password. */
export function isOrdinary(beside: Beside): boolean {
  const { word, said } = beside
  const folded = fold(word)
  if (ORDINARY.has(folded)) return true
  if (/[^\p{L}'’-]|\p{Ll}\p{Lu}/u.test(word)) return false
  const isAssigned = /[=:>→][ \t]*$/.test(said)
  if (!isAssigned && /(?:ing|ed|ly|less)$/.test(folded) && !NOUNS.has(folded)) return true
  // A capital in the middle of a sentence is somebody's choice.
  if (/\p{Lu}/u.test(word) && /\p{Ll}/u.test(said + word)) return false
  return isAssigned ? goesOn(beside, folded) : isTold(beside, folded)
}

function goesOn({ link, after }: Beside, folded: string): boolean {
  return (ALSO_CHOSEN.has(folded) || isToldOf(folded, link)) && GOES_ON.test(fold(after))
}

function isTold(beside: Beside, folded: string): boolean {
  const { link, after, before, said } = beside
  if (isToldOf(folded, link) || goesOn(beside, folded) || COMPARED.test(fold(after))) return true
  return isAboutAny(before, said) || isAboutAnother(said)
}

const isToldOf = (folded: string, link: string): boolean =>
  TOLD.has(folded) || GREEK.test(folded) || (isGreekLink.test(link) && GREEKLISH.test(folded))
const isGreekLink = /^(?:e?ine|einai|itan|\p{Script=Greek}+)$/iu

/** "A password is …" is about all of them, "what I use as a password is …" is about one. */
const isAboutAny = (before: string, said: string): boolean =>
  /(?<!\p{L})(?<!as )(?:a|an|any|every|each|no)[ \t]$/iu.test(before) && /^\S+[ \t]{1,3}(?:is|was)[ \t]/iu.test(said)

/** "The password field is …", "I know my password and the mail is …". */
const isAboutAnother = (said: string): boolean =>
  /^\S+[ \t]{1,3}(?:field|page|policy|manager|form|box|dialog|prompt|reset|change|recovery|length|strength|rules?|screen|button|generator|input|window|expiry|option|settings?)(?!\p{L})|[ \t](?:and|but)[ \t]{1,3}(?:the|my|your|our|this)[ \t]/iu.test(
    said,
  )
