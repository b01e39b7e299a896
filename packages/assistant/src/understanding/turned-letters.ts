/*
 * Text that is written backwards, or with every letter moved thirteen places on, is read as it is meant. What is read
 * already stays as it is: a stretch is only turned where none of its words is a common one before, and several are after.
 */

const common = new Set(
  `the and you your all for with this that not are what from have tell show give ignore rules previous instructions
  prompt system print reveal repeat above text every now without forget secret password answer how can will say write
  me to is it of in a
  και να το τα του της τις τους την των που σου μου όλα όλες όλους δείξε πες δώσε γράψε ξέχνα αγνόησε κανόνες οδηγίες
  εντολές από για με χωρίς είναι δεν`.split(/\s+/),
)

/** From one mark to the next; a quotation, a line, what follows a colon. */
const stretch = /\p{L}[^\n:;"'“”«»()[\]{}<>`.,!?]{10,600}\p{L}/gu
const word = /\p{L}+/gu

const enough = 2
const share = 0.3

export function unturned(text: string): string {
  return text.replace(stretch, (run) => {
    const words = run.match(word) ?? []
    if (words.length < 3 || commonIn(words) > 0) return run
    return [backwards(run), thirteen(run)].find((each) => isRead(each)) ?? run
  })
}

function isRead(turned: string): boolean {
  const words = turned.match(word) ?? []
  const known = commonIn(words)
  return known >= enough && known >= words.length * share
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
