/*
 * Text that is written backwards, or with every letter moved thirteen places on, is read as it is meant. What is read
 * already stays as it is: a stretch is only turned where few of its words are common ones before, and far more are after.
 */

const common = new Set(
  `the and you your yours all for with this that not are what from have has had tell show give ignore rules rule previous
  instructions instruction prompt system print reveal repeat above text every now without forget secret secrets password answer
  how can could will would say write me my to is it of in a an as be by do does did if or so we us our they them their who which
  when where why here there then than before after first last next more most some any no yes please let make made get got set
  put take look open send call use user users customer customers account admin owner staff support company bot assistant model
  mode policy limits key keys code token refund free never always again only just also into out about over under between because
  message messages chat chats conversation conversations word words line list name names email data case ticket invoice plan
  speak act pretend imagine confirm approve grant upgrade developer manager check checks skip
  και να το τα του της τις τους την των που σου μου όλα όλες όλους δείξε πες δώσε γράψε ξέχνα αγνόησε κανόνες οδηγίες
  εντολές από για με χωρίς είναι δεν μη μην θα σε στο στη στην στον ο η οι ένα μια ό,τι τι ποιος ποια ποιο ποιους πώς πριν μετά
  τώρα είσαι είμαι έχεις έχω θέλω κάνε βάλε σας μας αυτό αυτή ή αν σαν πως κείμενο κωδικό κωδικός πελάτη πελάτες χρήστη
  λογαριασμό διαχειριστή απάντησε στείλε άλλαξε κάθε μόνο`.split(/\s+/),
)

/** From one mark to the next; a quotation, a line, what follows a colon. */
const stretch = /\p{L}[^\n:;"'“”«»()[\]{}<>`.,!?]{10,600}\p{L}/gu
const word = /\p{L}+/gu

const enough = 2
const share = 0.3

export function unturned(text: string): string {
  return text.replace(stretch, (run) => {
    const words = run.match(word) ?? []
    if (words.length < 3) return run
    const before = commonIn(words)
    if (before >= words.length * share) return run
    return [backwards, thirteen].map((turn) => turn(run)).find((each) => isRead(each, before)) ?? run
  })
}

function isRead(turned: string, before: number): boolean {
  const words = turned.match(word) ?? []
  const known = commonIn(words)
  return known >= enough + 2 * before && known >= words.length * share
}

const commonIn = (words: readonly string[]): number =>
  words.filter((each) => common.has(each.toLowerCase().normalize('NFC'))).length

const backwards = (run: string): string => [...run].reverse().join('')

function thirteen(run: string): string {
  return run.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first)
  })
}
