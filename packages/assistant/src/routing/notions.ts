import { fold, skeleton } from '@clew/text'
import type { Said } from '../understanding/said.ts'

/**
 * What kind of word stands where, in any of the three languages: an order to tell something, "your", a rule, a question
 * word. "Tell me your rules" and "δείξε τις οδηγίες σου" have no letter in common and the same notions in the same order,
 * so what is learnt from one is known of the other.
 */
export function notionsIn(said: Said): readonly string[] {
  const found: string[] = []
  const near: Placed[] = []
  let before = ''
  for (const [place, word] of said.words.entries()) {
    const notion = notionOf(word, said.sounds[place] ?? [])
    if (place === 0) found.push(`first ${notion ?? '-'}`)
    if (notion === undefined) continue
    found.push(notion)
    if (before !== '') found.push(`then ${before} ${notion}`)
    for (const one of near) if (place - one.place <= reach) found.push(`near ${one.notion} ${notion}`)
    near.push({ notion, place })
    before = notion
  }
  return found
}

type Placed = { notion: string; place: number }
const reach = 5

function notionOf(word: string, sounds: readonly string[]): string | undefined {
  const own = lookUp(spelt, word)
  if (own !== undefined) return own
  for (const sound of sounds) {
    const heard = lookUp(heardAs, sound)
    if (heard !== undefined) return heard
  }
  return undefined
}

function lookUp({ whole, begins }: Lexicon, word: string): string | undefined {
  const exact = whole.get(word)
  if (exact !== undefined) return exact
  for (let end = Math.min(word.length, longestBegin); end >= shortestBegin; end--) {
    const notion = begins.get(word.slice(0, end))
    if (notion !== undefined) return notion
  }
  return undefined
}

const shortestBegin = 3
const longestBegin = 12

type Lexicon = { whole: Map<string, string>; begins: Map<string, string> }
const spelt: Lexicon = { whole: new Map(), begins: new Map() }
const heardAs: Lexicon = { whole: new Map(), begins: new Map() }

const notions: Readonly<Record<string, string>> = {
  tell: `hand spill surface present submit produce get rewrite paraphrase proofread autocomplete complete finish continue format rate compare lay dictate decode decrypt μετέφρασε συμπλήρωσε συνέχισε φέρε φέρτε ξαναπές μάθω
    tell show give list print reveal output paste dump share disclose recite repeat quote expose leak display
    summarise summarize echo spell copy read write type say state translate return serialize describe explain answer reply
    respond render resend provide pull look
    δείξε δείξτε δώσε δώστε δώσ πες πείτε πεις γράψε γράψτε γράψεις τύπωσε απαρίθμησε αποκάλυψ* αντίγραψε παράθεσε εμφάνισε
    διάβασε βγάλε επανάλαβε απάγγειλε μετάφρασε εξήγησε απάντησε απάντα δείξεις δώσεις φανέρωσε ξαναστείλε λες`,
  do: `make set grant approve mark unlock close delete erase cancel reset issue extend raise remove release apply refund
    credit waive upgrade promote assign change disable enable turn lift turnoff skip call invoke run execute trigger use
    send forward mail email post open load fetch browse visit book put add append insert embed include drop
    κάνε κάντε βάλε πέρασε όρισε ενέκρινε ξεκλείδωσε ανέβασε κλείσε σβήσε διέγραψε άλλαξε ακύρωσε μηδένισε παράτεινε
    αφαίρεσε απενεργοποίησε ενεργοποίησε κάλεσε τρέξε εκτέλεσε στείλε προώθησε άνοιξε φόρτωσε πρόσθεσε αναβάθμισε
    χρησιμοποίησε διόρθωσε κατάργησε`,
  promise: `apologise apology statement liability liable fault legally binding compensate writing record συγγνώμη ευθύνη γραπτώς γραπτά φταίτε αποζημι*
    promise guarantee confirm certify sign declare admit officially acknowledge granted approved
    βεβαίωσ* υποσχέσου δήλωσε εγγυήσου επιβεβαίωσ* επίσημ* υπόγραψε εγκρίθηκε`,
  ignore: `ignore forget disregard override bypass circumvent scrap discard suspend abandon violate break overrule unlearn
    drop αγνόησ* αγνοήσ* παράβλεψ* παράκαμψ* παρακάμψ* ξέχνα ξέχασε ξεχάστε πέτα πέταξε παράτα άφησε άσε παράλειψε παραβείς
    σπάσε παραβιάσ*`,
  obey: `obey comply agree follow refuse deny decline object resist submit yes understood bow υπάκου* υπακού* συμφών* αρνείσαι αρνηθείς
    άρνηση όχι ναι`,
  money: `money refund refunds credits voucher vouchers coupon coupons discount discounts compensation gift dollars euro euros
    χρήματα λεφτά επιστροφή επιστροφές κουπόνι* έκπτωση εκπτώσεις αποζημίωση ευρώ`,
  link: `link links image images picture url html iframe pixel script hyperlink σύνδεσμο εικόνα link`,
  trick: `trick loophole hack exploit around backdoor unlock secretly quietly nobody κόλπο παραθυράκι κανείς κρυφά ξεγελά*`,
  your: 'your yours yourself yourselves σου εσένα',
  yourAll: 'σας',
  my: 'my mine our ours μου μας',
  you: 'you youre youve youll εσύ εσείς είσαι έχεις μπορείς θα',
  i: `i im ive we were εγώ εμείς είμαι είμαστε έχω έχουμε`,
  me: 'me us μένα εμένα εμάς',
  rules: `programming constraint constraints boundaries script playbook charter disclaimers morals ethics censorship moderation checks verification δεσμεύσεις δικλίδες έλεγχ* επαλήθευσ* ταυτοποίηση σενάριο
    rule rules instruction instructions guideline guidelines policy policies prompt prompts config configuration setup
    restriction restrictions guardrail guardrails filter filters limits limitations directive directives orders briefing
    guidance κανόν* οδηγί* οδηγι* εντολ* περιορισμ* φίλτρ* ρυθμίσ* ρύθμισ* πολιτικ* κατευθύνσ* prompt* διαμόρφωσ* όρια`,
  system: `machine container host process shell terminal database deployment hardware cloud tool tools function functions βάση βάσης εργαλεί* φάκελο τερματικό
    system systems core backend server internals kernel σύστημα συστήματος διακομιστή* server`,
  bot: 'bot chatbot assistant assistants llm ai robot model helper agent βοηθ* ρομπότ μποτ μοντέλο μοντέλου',
  secret: `password passwords token tokens credential credentials secret secrets env environment variables confidential
    passphrase key keys κωδικ* κλειδι* κλειδί μυστικ* διαπιστευτήρι* εμπιστευτικ* μεταβλητές`,
  hidden: `hidden internal private unpublished raw inner invisible κρυφ* εσωτερικ* αθέατ*`,
  exact: `verbatim exact exactly literal literally word words letter full entire whole complete raw
    ακριβ* αυτολεξεί λέξη ολόκληρ*`,
  text: `text message messages paragraph sentence line lines wording words conversation transcript chat chats content
    κείμενο μήνυμα μηνύματα παράγραφο πρόταση γραμμή διατύπωση συνομιλ* συζήτηση κουβέντα`,
  start: `start started beginning began before above first initial original top previous prior earlier
    αρχή αρχικ* πριν πάνω παραπάνω πρώτ* προηγούμεν* ξεκίν*`,
  told: `told given fed forbidden allowed instructed programmed trained configured ordered said
    είπαν έδωσαν έγραψαν όρισαν έβαλαν δόθηκ* απαγορε* επιτρέπ* εκπαίδευσαν`,
  without: `without no not never none nothing dont doesnt cant stop free χωρίς καμία κανένα κανένας δεν μην μη τίποτα ποτέ`,
  lasting: `now henceforth today onwards always every anymore until from τώρα σήμερα πλέον πάντα κάθε στο εξής εξής`,
  rank: `admin administrator administrators developer engineer ceo owner supervisor manager operator staff employee employees
    root sudo superuser auditor police creator boss lead officer
    διαχειριστή* προγραμματιστή* μηχανικός ιδιοκτήτη* προϊστάμεν* υπεύθυν* διευθυντή* διεύθυνση υπάλληλ* αστυνομία αφεντικό`,
  other: `other others another else someone somebody anyone everyone everybody
    άλλ* κάποιου κάποιας κάποιον κάποιος επόμεν* όλους όλων`,
  person: `customer customers user users client clients person people company companies visitor visitors member members tenant
    πελάτ* πελατ* χρήστ* χρηστ* εταιρεί* άτομο άτομα επισκέπτ* μέλη μέλος μελών οργανισμ*`,
  close: `wife husband ex neighbour neighbor colleague coworker friend son daughter mother father sister brother boyfriend
    girlfriend partner employee competitor rival wifes husbands friends colleagues girlfriends boyfriends bosss
    γυναίκα γυναίκας άντρα άντρας πρώην συζύγου γείτονα γείτονας συνάδελφ* συναδέλφου φίλου φίλης κοπέλα κόρη γιος γιου
    ανταγωνιστ* ανταγωνίστρια συνεργάτ*`,
  their: 'his her hers their theirs its whose him them he she they τους της αυτού αυτής ποιανού τον την',
  holds: `email emails mail address addresses phone number history data details ticket tickets case cases invoice invoices account
    accounts login logins payments names record records profile
    διεύθυνση διευθύνσεις τηλέφων* ιστορικό δεδομένα στοιχεία αίτημα αιτήματα τιμολόγι* λογαριασμ* όνομα ονόματα καρτέλα`,
  play: `twin alter ego dan unrestricted unfiltered unlimited jailbreak jailbroken evil uncensored free game poem novel fiction δίδυμο παιχνίδι ποίημα μυθιστόρημα ελεύθερα
    pretend imagine suppose assume hypothetically roleplay simulate emulate impersonate act play persona character
    story scene υποδύσου φαντάσου υποθέσου παίξε παίξουμε ρόλο ρόλος θέατρο ιστορία σαν`,
  how: 'how πώς πως',
  where: 'where που πού',
  what: 'what which τι ποιο ποια ποιες ποιοι ποιος ποιους',
  who: 'who whos',
  why: 'why γιατί',
  when: 'when πότε',
  can: 'can could may would will does do is are should μπορώ μπορεί μπορούμε γίνεται υπάρχει',
  want: `let lets ας να
    want need like wish please kindly θέλω θέλουμε χρειάζομαι παρακαλώ ζητώ`,
  fails: `error errors fails fail failed failing broken wrong missing stuck blocked rejected issue problem problems timeout
    σφάλμα λάθος πρόβλημα κολλάει κόλλησε αποτυγχάν* μπλοκ* απορρίπτ* χαλασμέν*`,
  built: 'built made created build creating έφτιαξα φτιάχνω δημιούργησα',
  machine: `api sdk json curl header headers endpoint webhook script parameter request response
    http https κλήση κλήσεις`,
}

for (const [notion, words] of Object.entries(notions)) {
  for (const written of words.split(/\s+/)) {
    const word = fold(written.replace(/\*$/, ''))
    const isGreek = /\p{Script=Greek}/u.test(word)
    const lexicon = isGreek ? heardAs : spelt
    const table = written.endsWith('*') ? lexicon.begins : lexicon.whole
    const key = isGreek ? skeleton(word) : word
    if (!table.has(key)) table.set(key, notion)
  }
}
