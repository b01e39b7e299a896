import type { Act } from '../training-phrases.ts'
import { phrases, saidIn } from './said.ts'
import { anger, repeated } from './temper.ts'

/** What a message says in so many words, whatever the classifier thinks of it. */
export const signs = [
  'person',
  'danger',
  'legal',
  'recovery',
  'dispute',
  'appeal',
  'foreign-data',
  'injection',
  'anger',
  'repeated',
  'no-person',
  'no-danger',
  'no-legal',
  'no-dispute',
  'no-recovery',
  'failure',
  'fixed',
  'not-fixed',
] as const
export type Sign = (typeof signs)[number]

const said: Record<Sign, ReturnType<typeof phrases>> = {
  person: phrases(`
    talk/speak/chat/speaking/talking … human/person/agent/someone/somebody/anyone/anybody/representative/rep/supervisor/manager
    talk/speak … your boss/colleague*/team
    anybody/anyone/someone/somebody i … talk/speak
    word with … person/human/someone/somebody/member
    put/connect/transfer/pass/hand me/us … human/person/agent/representative/rep/supervisor/manager/team/colleague
    pass/hand/escalate this/it to … human/person/agent/representative/rep/supervisor/manager/team/colleague
    escalate … human/agent/supervisor/manager/team
    a/an/the/with/to real/live/actual/human human/person/agent/being
    human being/support
    real/live/actual human/person/agent please/now
    want/need/get a/an/the human/agent/representative/supervisor
    want/need/get a/an real/live/actual/proper human/person/agent
    want/need a person
    give/get me … human/person/agent/representative/supervisor/manager
    human/agent/representative/operator please/now
    a person please/now
    call/phone me back
    can/could/will/would someone/somebody/anyone call/phone/ring me/us
    no bot/bots/robot please/thanks/human/person/i/just
    stop … bot/robot
    dont want … bot/robot/machine
    someone/somebody/person from … support/team
    μιλ* … άνθρωπ*/εκπρόσωπ*/υπάλληλ*/υπεύθυν*/κάποιον/κάποια/συνάδελφ*
    σύνδεσ*/συνδέσ*/συνδέστε … άνθρωπ*/εκπρόσωπ*/υπάλληλ*/υπεύθυν*/κάποιον
    δώσε/δώστε/περάστε/πέρασε/φέρτε/φέρε μου/μας/με … άνθρωπ*/εκπρόσωπ*/υπάλληλ*/υπεύθυν*/κάποιον
    θέλω/θέλουμε/χρειάζομαι/ζητ* άνθρωπ*/εκπρόσωπ*/υπεύθυν*
    θέλω/θέλουμε/χρειάζομαι/ζητ* έναν/ένα/τον/πραγματικ*/κανονικ*/ζωνταν* … άνθρωπ*/εκπρόσωπ*/υπεύθυν*
    πραγματικ*/κανονικ*/ζωνταν* άνθρωπ*/εκπρόσωπ*
    άνθρωπο/εκπρόσωπο/υπεύθυνο παρακαλώ
    να … καλέσει/απαντήσει/γράψει/πάρει … άνθρωπος/εκπρόσωπος/υπεύθυνος/κάποιος
    όχι … ρομπότ/μηχάν*/bot
    δεν/δε θέλω … ρομπότ/μηχαν*/bot/μποτ
    με πάρ* τηλέφωνο
    κάποιος … από … υποστήριξη/ομάδα`),
  danger: phrases(`
    kill/hurt/harm/hurting/killing myself/himself/herself/themselves
    end my life
    want/going to die
    wanna die
    end it all
    no point … living
    better off without me
    took/swallowed/take … pills
    dont want to … be alive
    cut/cutting myself
    threat* … shoot/stab/bomb
    suicid*
    self harm
    no reason to live
    don't/dont want to live
    im/hes/shes/theyre in … danger
    i/we/he/she/they/someone/somebody/child*/daughter/son/friend am/is/are/be/feel in … danger
    life/lives … in danger
    threat* … kill/hurt/life
    αυτοκτον*
    να πεθάνω
    σκοτώσ*/σκοτωθώ
    τέλος … ζωή μου
    να τελειώσ* … ζωή μου
    δεν … νόημα να ζω
    να μην υπήρχα/ζούσα
    κουράστηκα/βαρέθηκα να ζω
    πήρα/κατάπια … χάπια
    απειλ* … σκοτώσ*/σφάξ*/μαχαιρώσ*/ζωή
    με/μας χτυπά*/χτυπάει
    κάνω κακό στον εαυτό
    δεν … θέλω … να ζω/ζήσω
    δεν … αντέχω … να ζω/ζήσω/ζωή
    αυτοτραυματ*
    κινδυνεύει/κινδυνεύω … ζωή/άνθρωπος
    είμαι/είμαστε/είναι/βρίσκομαι/βρίσκεται … σε … κίνδυνο
    ζωή/παιδί/παιδιά/φίλος/φίλη/αδερφ*/αδελφ* … σε … κίνδυνο`),
  legal: phrases(`
    lawyer*/attorney*/solicitor*/lawsuit*/litigation
    sue you/your/the/them/northlight
    will/gonna/ill/well/to sue
    see you in court
    complaint … regulator/ombudsman
    legal action/notice/counsel/department/team/hold/steps/proceedings
    take … to court
    data protection authority/officer
    subpoena*
    court order
    consumer protection
    cease and desist
    demand/claim/seek/seeking/claiming … compensation/damages
    δικηγόρ*
    μήνυση/μηνύσω/μηνύω
    δικαστήρι*/δικαστικ*
    νομικ* … μέτρα/ενέργειες/τμήμα/εκπρόσωπο/σύμβουλο/οδό
    νομικά
    εξώδικ*
    απαιτ*/αξιών*/διεκδικ*/ζητ*/θέλουμε … αποζημίωση
    αρχή προστασίας
    εισαγγελ*
    συνήγορο … καταναλωτή`),
  recovery: phrases(`
    mail/email/address/password … changed without my/our/any
    mail/email/address/password … changed … not by me/us
    did not change it/my/that
    didnt change it/my/that
    someone/somebody got/broke … into … account
    account/email/workspace has/was/got/been/is … hacked/stolen/compromised/hijacked
    hacked … account/into/my
    someone/somebody else … changed/using/into/controls … account/password/email
    lost … phone/authenticator/second … sign/log/code/codes/locked
    no longer have access to … email/address/phone/number
    locked out of … workspace/account … left/died/gone
    owner … left/died/gone/passed/quit
    take over ownership
    χάκαρ*/χακάρ*/hackar* … λογαριασμ*
    λογαριασμ* … χάκαρ*/έκλεψ*/κλάπ*/παραβίασ*/χακ*/hack*
    έκλεψ* … λογαριασμ*
    κάποιος άλλαξε … κωδικ*/email/λογαριασμ*
    κάποιος άλλος … μπήκε/μπαίνει/άλλαξε/χρησιμοποιεί … λογαριασμ*/κωδικ*
    δεν έχω πια/πλέον πρόσβαση … email/mail/τηλέφωνο/κινητό
    έχασα … κινητό/τηλέφωνο/συσκευή … κωδικ*/μπω/μπαίνω/σύνδεση/συνδεθώ/είσοδο
    ιδιοκτήτ*/κάτοχος … έφυγε/πέθανε/αποχώρησε`),
  dispute: phrases(`
    refund*/chargeback*
    money back
    charged/billed … twice/double/again/wrong*/after
    charge … dont/never/not recognise/recognize
    double/duplicate charge*/charged/billing
    never authorised/authorized/agreed
    unauthorised/unauthorized … charge*/payment*
    reverse … charge/payment
    dispute … charge/payment/invoice/bill
    επιστροφή … χρημάτων/χρήματα/ποσού/λεφτ*
    επιστρέψ* … χρήματα/λεφτά/ποσό
    χρήματα/λεφτά … πίσω
    πίσω … χρήματα/λεφτά
    χρέωση/χρεώθηκα … ενώ/παρότι/παρόλο … ακύρωσ*/ακυρώσ*
    πήρατε … λεφτά/χρήματα
    χρεώσατε/χρέωσαν/χρεώθηκα … δύο/διπλά/δυο/ξανά/πάλι/λάθος
    διπλή/διπλοχρέωση/διπλοχρέωσ*/διπλές χρέωση/χρεώσεις
    αμφισβητ* … χρέωση/χρέωσης
    refund`),
  appeal: phrases(`
    appeal … ban/suspension/decision/block/flag/review
    want/like/wish to appeal
    banned/suspended/deactivated/terminated … unfair*/mistake/wrong*/reason/appeal/nothing
    κλείσατε/κλείσανε/έκλεισαν … λογαριασμ* … άδικα/λόγο
    wrongly/unfairly/mistakenly banned/suspended/blocked/flagged/deactivated
    unban/reinstate
    έφεση/ένσταση
    ανέστειλ*/αναστείλ*/αναστολή … λογαριασμ* … άδικ*/λάθος/λόγο
    μπλοκάρ*/απέκλεισ*/αποκλείσ* … άδικα/χωρίς λόγο
    άδικα … αποκλ*/μπλοκ*/ban/αναστολ*
    banare/μπάναρ*`),
  'foreign-data': phrases(`
    show/give/tell/read/see/open/get/access … my colleague's/boss's/ex's/wife's/husband's/neighbour's/competitor's … password/chats/conversations/messages/account/data
    my colleague's/boss's/ex's/wife's/husband's/neighbour's/competitor's … password/chats/conversations/messages
    another customer's/user's/client's
    chats/conversations/messages of another/other
    other/another/all … customers/users/user/customer/client … data/conversations/emails/chats/messages/list/details
    list/show/give/send/export … emails/addresses/names/phone … customers/users/everyone/people/contacts
    whose account/email is
    who … owns/uses … email/address/account
    read … someone/somebody else's
    στοιχεία/email*/συνομιλίες/δεδομένα/μηνύματα … άλλων/άλλου/άλλης πελατών/χρηστών/πελάτη/χρήστη/εταιρείας
    δώσ*/δείξ*/πες/στείλ* … λίστα … πελατ*/χρηστ*
    δώσ*/δείξ*/πες/στείλ*/γράψ* … email/mail/τηλέφων*/διεύθυνσ*/διευθύνσ*/ονόματα … όσων/όλων/άλλων/άλλου/πελατ*/χρηστ*/τελευταίου
    give/show/list/send/tell … emails/addresses/names/numbers/phone … wrote/asked/others/anyone/last
    συνομιλίες/μηνύματα/λογαριασμό … συναδέλφου/πρώην/γυναίκας/άντρα/φίλου/συζύγου/αφεντικού
    τι έγραψαν/έγραψε … πελάτης/χρήστης/άλλοι/άλλος`),
  injection: phrases(`
    ignore/forget/disregard/override … previous/prior/above/all/your/earlier instructions/rules/prompt/guidelines/directives
    system prompt
    you are now a/an/in/dan/my/the/free/no/unrestricted/called
    from now on you
    pretend … you/to be
    act as … admin/developer/unrestricted/root/system
    developer/debug/god/admin mode
    jailbreak
    no rules/restrictions
    with no rules/restrictions/limits
    reveal/print/show/repeat/output … prompt/instructions/rules/configuration
    initial instructions
    reply/respond/answer only with
    note to … assistant/bot/model/ai
    assistant must/shall
    the assistant should reply/say/grant/approve/ignore/tell/give/close/output
    support bot … reply/say/close
    αγνόησ*/ξέχνα/ξεχάστε/παράβλεψ*/παράκαμψ* … οδηγίες/εντολές/κανόνες
    οδηγίες σου/συστήματος
    από δω και πέρα/μπρος είσαι
    από τώρα είσαι
    τώρα είσαι … χωρίς
    χωρίς όρια/κανόνες/περιορισμούς
    λειτουργία προγραμματιστή/debug/διαχειριστή
    debug mode
    κάνε ότι είσαι/πως
    παίζουμε … ρόλο
    αποκάλυψ*/δείξε/τύπωσε … οδηγίες/prompt/εντολές
    απάντησε μόνο με
    εικονικέ βοηθέ
    οδηγία προς … βοηθό`),
  anger,
  repeated,
  'no-person': phrases(`
    no/no need/without person/human/agent/representative/for
    no need … human/person/agent/representative
    dont/not need/want … human/person/agent/representative/anyone/anybody/someone/somebody
    dont/not/never connect/transfer/put/pass/escalate/hand … human/person/agent/representative/manager/team/colleague
    dont/not … need/want/have to talk/speak … anyone/anybody/someone/somebody/human/person/agent
    am i … talking/speaking/chatting
    are you … human/bot/robot/person/real
    is this a … bot/robot/human/person
    without … human/person/agent
    δεν/δε … θέλω/χρειάζομαι/χρειάζεται … άνθρωπ*/εκπρόσωπ*/υπάλληλ*
    μη/μην … συνδέσ*/δώσ*/περάσ*/στείλ*/καλέσ* … άνθρωπ*/εκπρόσωπ*/υπάλληλ*/υπεύθυν*/κάποιον
    χωρίς … άνθρωπ*/εκπρόσωπ*
    μιλάω/μιλώ με … ή
    είσαι … άνθρωπος/ρομπότ/μηχανή/bot`),
  'no-danger': phrases(`
    kill/kills/killed/killing … process/processes/job/task/session/battery/connection/server/app/upload/request/laptop/tab/productivity/switch
    bug/app/site/page/problem/it/this is killing me
    boss/manager/client … will/would kill me
    die laughing
    in danger of
    data/account/files/workspace/project/plan/keys in danger
    suicide prevention
    σκοτώνω/σκοτώνει/σκοτώσω … διεργασία/εφαρμογή/διαδικασία/process/σύνδεση/μπαταρία
    σε κίνδυνο … δεδομένα/αρχεία/λογαριασμ*/κωδικ*
    δεδομένα/αρχεία/λογαριασμ* … σε κίνδυνο`),
  'no-legal': phrases(`
    legal entity/name/form/terms/address/page/documents
    registered … legal name
    law firm
    legal department/team … member*/access/cannot/cant/need/upload/sign
    lawyers/lawyers' … cannot/cant/upload/document*/file*/access/sign
    lawyer's document*/file*/account/upload
    im/i'm a lawyer/solicitor/attorney
    i am a lawyer/solicitor/attorney
    we are lawyers/solicitors/attorneys
    court … pdf/file/document*/street/minutes
    νομικ* … επωνυμία*/μορφή/όνομα/όροι/όρους/ομάδα
    είμαι/είμαστε δικηγόρ*
    έγγραφ*/αρχεί* … δικαστηρίου/δικηγόρου
    δικηγορικ*/δικηγόρο/δικηγόροι … γραφείο/αρχεία/πρόσβαση`),
  'no-dispute': phrases(`
    refund policy/policies/terms/rules/period/window
    policy on/for/about … refund/refunds
    offer/give/have/make/allow refunds
    how do/does/are … refund/refunds
    dont/not want/need/asking/ask … refund
    when/how/which/what … am/are/is/be/get/will/was charged/billed
    will i/we/it … charged/billed
    charge my/your/the phone/laptop/battery/tablet/device
    charged by/per seat/user/month/default
    πολιτική* … επιστροφ*
    δεν/δε θέλω/ζητάω/ζητώ … επιστροφή/χρήματα/λεφτά
    πότε/πώς/πόσο χρεών*
    πότε … θα χρεωθώ/χρεωθούμε/χρεωθεί
    πότε … επόμενη χρέωση/πληρωμή`),
  'no-recovery': phrases(`
    mail/email/address/addresses/domain/domains … changed/moved/renamed/migrated from/to/by/after/when
    mail/email/address/addresses/domain/domains changed from/to
    we/company/organisation/organization/employer/it changed/moved/renamed/migrated … domain/name/addresses/email
    i changed my mail/email/address
    new domain/company
    άλλαξε το/η/ο email/mail/διεύθυνσή/διεύθυνση/domain/τομέας μου/μας
    αλλάξαμε domain/τομέα/email/διευθύνσεις/όνομα`),
  failure: phrases(`
    error/errors/fail*/timeout*/status/crash*/broken/stuck/frozen/freez*
    σφάλμα*/λάθος/αποτυγχ*/κολλάει/κόλλησε/πάγωσε/παγώνει`),
  fixed: phrases(`
    it/that/everything/all … works/worked/working … now/again/thanks
    it works
    works now/again/fine
    that did/fixed/solved it
    is/got/was/its fixed/solved/resolved
    problem/issue … solved/fixed/gone/resolved
    λύθηκε/διορθώθηκε
    δουλεύει/λειτουργεί … τώρα/πλέον/πια/κανονικά/ξανά
    τώρα δουλεύει/λειτουργεί/ανεβαίνει
    όλα καλά`),
  'not-fixed': phrases(`
    doesnt/dont/didnt/isnt/not/wont/cant … work/working/help/helped/fixed/solved
    still/again … fail/fails/failing/same/stuck/broken/error/nothing/not
    no/not luck/better/change/yet
    same … error/problem/thing/result
    δεν/δε … δουλεύει/δούλεψε/λειτουργεί/λειτούργησε/βοήθησε/βοηθάει/έφτιαξε/φτιάχνει/άλλαξε/λύθηκε/γίνεται/ανεβαίνει
    το ίδιο/ίδια
    πάλι/ακόμα/ακόμη … τίποτα/τίποτε/ίδιο/σφάλμα/λάθος/δεν/κολλ*
    τίποτα/τίποτε`),
}

/** What must not be taken for the sign, and what it means instead. */
const counters = {
  person: 'no-person',
  danger: 'no-danger',
  legal: 'no-legal',
  dispute: 'no-dispute',
  recovery: 'no-recovery',
} as const
type Countered = keyof typeof counters
const countered = Object.keys(counters) as readonly Countered[]

export const asksForPerson = (message: string): boolean => signsIn(message).has('person')

export function signsIn(message: string): ReadonlySet<Sign> {
  const whole = saidIn(message)
  const found = new Set(signs.filter((sign) => said[sign].in(whole)))
  for (const sign of countered) settle(found, message, sign)
  return found
}

/** The part of a message that says the contrary counts for nothing; whatever else it says still counts. */
function settle(found: Set<Sign>, message: string, sign: Countered): void {
  const contrary = counters[sign]
  const isContrary = found.has(contrary)
  const text = sign === 'person' ? message.replace(quoted, ' ') : message
  if (!found.has(sign) || (!isContrary && text === message)) return
  const parts = text.slice(0, longest).split(clauseEnd).map(saidIn)
  if (parts.some((part) => said[sign].in(part) && !said[contrary].in(part))) found.delete(contrary)
  else found.delete(sign)
}

const longest = 4000
const clauseEnd = /[.,;:·!?;\n]+|\s[-–—]\s|\s(?:but|so|just|and|then|αλλά|αλλα|alla|και|kai)\s/iu
/** Several words in quotation marks are somebody else's. */
const quoted = /["“«„][^"”»“\n]{12,}["”»“]/gu

const signOf: Partial<Record<Sign, Act>> = {
  'no-person': 'request-person',
  'no-danger': 'danger',
  'no-legal': 'legal',
  'no-dispute': 'dispute',
  'no-recovery': 'recovery',
}

/** Acts that a message looks like and, in so many words, is not. */
export const deniedActs = (found: ReadonlySet<Sign>): readonly Act[] => [...found].flatMap((sign) => signOf[sign] ?? [])
