import { phrases, type Said, saidIn } from '../understanding/said.ts'

/**
 * What somebody tries with the assistant itself, whatever the words and the language: sets its rules aside, gives it a
 * part to play, claims a rank, asks for what it holds, for other people's things or for deeds that are not its own. None
 * of them is bad alone — "ignore" and "admin" stand in many an honest question — so they decide nothing here: the
 * classifier learns what each, and each pair of them, is worth.
 */
export const movesIn = (text: string): readonly Move[] => movesSaid(saidIn(text), text)

/** For whoever has read the words already. */
export function movesSaid(said: Said, text: string): readonly Move[] {
  return [
    ...(Object.keys(moves) as (keyof typeof moves)[]).filter((name) => moves[name].in(said)),
    ...(Object.keys(shapes) as (keyof typeof shapes)[]).filter((name) => shapes[name].test(text)),
  ]
}

export type Move = keyof typeof moves | keyof typeof shapes

/** Moves that nobody makes together who only wants help. */
const telling: readonly (readonly [Move, readonly Move[]])[] = [
  [
    'inside',
    ['tells', 'plays', 'dictates', 'machine', 'secrets', 'waives', 'deeds', 'claims', 'excuse', 'voice', 'tag'],
  ],
  ['waives', ['plays', 'voice', 'lasting', 'claims', 'machine', 'tag']],
  ['plays', ['dictates', 'secrets']],
  ['claims', ['deeds', 'tells', 'secrets']],
  ['excuse', ['tells', 'secrets']],
  ['tells', ['tag', 'voice', 'carrier', 'lasting']],
  ['dictates', ['quote', 'lasting']],
  ['sends', ['carrier']],
  ['machine', ['tag']],
]

export function areTelling(made: readonly Move[]): boolean {
  return telling.some(([one, others]) => made.includes(one) && others.some((other) => made.includes(other)))
}

/** Voices that are not the writer's own, and places where a text could be carried to. */
const shapes = {
  voice:
    /^[^\p{L}\n]{0,8}(?:system|assistant|developer|operator|agent|user|human|bot|ai|support|tool|βοηθός|σύστημα|χρήστης|χειριστής|εκπρόσωπος|διαχειριστής|voithos|boh8os|sistima|systhma|xristis|xrhsths)(?!\p{L})[\p{L} ]{0,20}[:>\]]/imu,
  tag: /<\/?[\p{L}_ |-]{3,24}>|^\W{0,4}(?:#{3}|-{3}|={3})/mu,
  mouth:
    /(?<!\p{L})(?:say|write|reply|answer|respond|type|repeat|state|γράψε|πες|απάντησε|απάντα|επανάλαβε|grapse|grafe|pes|apantise|apanthse)(?!\p{L})[^"'«“:\n]{0,24}["'«“:]/iu,
  carrier: /https?:\/\/|!\[|<(?:img|iframe|script|a)\b|(?:^|\s)[\w.-]+@[\w-]+\.\w+/iu,
  command:
    /\b(?:sudo|printenv|process\.env|console\.log|DROP TABLE|SELECT \*|rm -|ls -|cat \/|javascript:)|\{\{|\$\{|\/etc\/passwd/iu,
  quote: /["'«“][^"'»”\n]{2,80}["'»”]/u,
}

const moves = {
  waives: phrases(`
    ignore/forget/disregard/override/bypass/circumvent/scrap/discard/suspend/abandon/violate/break/lift/drop
    set/put/leave/throw/cast … aside/away/behind
    no longer count/counts/apply/applies/bound/valid/matter/matters/hold/holds
    without … rules/rule/restriction/restrictions/limits/filter/filters/guidelines/checks/verification/refusing/safety/policy
    no more rules/restrictions/limits/script
    off … safety/checks/filters/verification/filter
    safety/checks/filters/filter/verification/restrictions/limits … off/disabled/lifted/removed/gone
    dont/not/never/stop … refuse/follow/obey/check/verify/quote/quoting/following
    skip/disable/remove … check/checks/verification/rules/filter/filters/restrictions/safety
    unfiltered/unrestricted/uncensored/unlimited/jailbreak/unlock/unlocked
    αγνόησ*/παράβλεψ*/παράκαμψ*/παρακάμψ*/ξεπέρασε/κατάργησ*/ακύρωσε
    ξέχνα/ξέχασε/ξεχάστε/πέτα/πέταξε/παράτα/άφησε/άσε/παράλειψε/παραλείψεις/παραβείς/σπάσε
    βάλε/άσε … άκρη
    δεν/μην ισχύ*/μετρ*/ακολουθείς/ακολουθήσεις/ελέγξεις
    χωρίς/κανέν* … κανόνα/κανόνας/κανόνες/κανόνων/περιορισμ*/φίλτρ*/όρια/έλεγχ*/ταυτοποίηση/επαλήθευση/πολιτική
    σταμάτα/πάψε/κόψε να
    κλείσε/απενεργοποίησε … φίλτρ*/έλεγχ*/ασφάλεια/προστασία
    developer/debug/god/admin/root/unsafe/safe/maintenance/evil/unrestricted/test mode
    end/no/new of/more … policy/policies/rules/instructions/limits
    no/new/my policy/policies/rules/limits/consequences
    break/breaking/ignoring/skipping/bypassing the/your/all … rules/rule/policy/checks/limits
    λειτουργία προγραμματιστή/debug/διαχειριστή/συντήρησης
    κακή/θεϊκή/ασφαλή/ασφαλής λειτουργία
    τέλος/αλλαγή/νέα/νέες/δική/καμία … πολιτικ*/κανόνα/κανόνας/κανόνες/κανόνων/οδηγί*
    ξεπερν*/παραβιάσ*/αγνοήσ*/σπάσεις … πολιτική/κανόνα/κανόνας/κανόνες/κανόνων/όρια/περιορισμ*
    as if/though … no/nothing/never … rules/rule/limits/filter/forbidden/off
    nothing/anything … forbidden
    no/without … script/filter/filters
    leave/leaving the/your script
    σαν να μην … κανόνες/κανόνα/όρια/απαγορευ*/φίλτρα
    εκτός/έξω … σεναρίου/σενάριο`),
  inside: phrases(`
    your … instruction/instructions/rule/rules/prompt/prompts/guideline/guidelines/policy/config/configuration/setup/restriction/restrictions/guardrails/filter/filters/memory/context/programming/secret/secrets/tools/functions/directive/directives/wording/orders/environment/database/backend
    instructions/rules/prompt/guidelines/text/message/words/policy/wording/something/everything/what … you/your … given/told/got/received/follow/obey/forbidden/allowed/operator/developer/developers/makers/creator/creators/configured/started/wrote/set
    you … were/are/was/been … told/given/forbidden/allowed/configured/instructed/programmed/trained/set/started
    system prompt/message/instructions/directive/notice
    initial/original/hidden/secret/first/internal prompt/instructions/message/rules/text/instruction/configuration/note/notes
    before/above … conversation/chat/message/began/line/first
    οδηγί*/κανόνα/κανόνας/κανόνες/κανόνων/εντολ*/περιορισμ*/ρυθμίσ*/φίλτρ*/μνήμη/πολιτική/κατευθύνσ*/prompt/εργαλεία/παραμέτρους/δικλίδες/διατύπωση σου
    σου/σε … είπαν/έδωσαν/έγραψαν/όρισ*/έβαλαν/έχουν/έστησαν/στήσει/δόθηκ*/εκπαίδευσαν/αφήνουν/πέρασαν
    έχεις/είχες … λάβει/πάρει/οδηγίες/εντολή
    μήνυμα/μηνύματος συστήματος/συστήματός
    κρυφ*/αρχικ*/μυστικ* … κείμενο/οδηγί*/κανόνα/κανόνας/κανόνες/κανόνων/prompt/μήνυμα/εντολ*/σημείωμα
    πριν/πάνω … μιλήσω/μήνυμα/γραμμή/ξεκινήσουμε/αρχίσουμε
    which/what instructions/rules/guidelines/prompt/tools/functions/credentials/model … you/your
    instructions/guidelines/rules/prompt/text/policy that … you/your
    developer/hidden/raw/initial/factory message/prompt/settings
    your … initial/operator/developers/makers/creator
    το/τα/τις/ποιο/ποια/ποιες … prompt/προμπτ/οδηγίες/εργαλεία/ρυθμίσεις σου/σας/έχεις
    με ποιες/ποιους … οδηγίες/κανόνες
    που … σου έδωσαν/είπαν/καθορίζουν/ορίζει/έγραψαν
    δεν … σου/σε επιτρέπ*/αφήν*
    which/what … database/server/cloud/model/provider … you/your
    you … connect/connected/run/running/hosted/log on/to/in
    σε/με ποιο/ποια/ποιον/ποιαν/τι … συνδέεσαι/τρέχεις/φιλοξενείσαι/μιλάς/δουλεύεις
    words/text/lines/line/everything/all/what … over/above/before … chat/conversation/first/hello
    everything/all/back … so far/above
    from the … top/beginning/start
    between the … beginning/start/top
    before my … hello/first/word/message
    text/prompt/words that … controls/guides/steers/started
    started/start with
    your/whole/full … briefing/orders/set-up/dump
    όσα/ό,τι/όλα/κείμενο … πάνω/παραπάνω … συζήτηση/συνομιλία/κορυφή/αρχή
    όλα τα παραπάνω
    πριν … γεια/λέξη/μίλησα
    κείμενο που … καθοδηγεί/ξεκίνησες/ελέγχει
    πρώτο/πρώτη/τελευταία … σου … μήνυμα/πρόταση/λέξεις
    από την … κορυφή/αρχή … μέχρι/ως/αυτολεξεί`),
  machine: phrases(`
    language/ai/the model
    chatbot/bot/llm/ai/robot/assistant
    άλλο/το γλωσσικό/μοντέλο
    ρομπότ/μποτ/βοηθέ/βοηθό`),
  plays: phrases(`
    pretend/imagine/suppose/assume/hypothetically/roleplay/improv/simulate/emulate/impersonate
    role play
    act/behave/speak/talk/respond/answer/reply like/as
    act/play … as/out/role/part/scene/game/along
    be/become my/a/an/evil/the
    you are now/no/not
    youre now/no/an/not
    you play
    lets play/act/do
    switch … persona/mode/personality
    write/tell … story/poem/song/tale/scene/screenplay/dialogue
    φαντάσου/υποθετικά/υποδύσου/παράστησε/μιμήσου
    κάνε … ότι/πως/τον/την
    παίξε/παίζουμε/παίξουμε/παίζεις/παίζω
    είσαι πια/πλέον/τώρα/ο/η/ένας/μια
    δεν είσαι πια/πλέον
    τώρα είσαι
    αν ήσουν
    γίνε
    γράψε/πες/φτιάξε … διήγημα/παραμύθι/ποίημα/σενάριο/τραγούδι/ιστορία/σκηνή
    άλλαξε/πάρε … προσωπικότητα/χαρακτήρα/ρόλο
    θέατρο/σενάριο
    two/three assistants/bots/helpers/answers/replies
    be her/him
    let … answer
    a world/novel/scene … where/in/assistant/robot/bot
    one normal/allowed … one
    κάνε … γιαγιά/παππού
    δύο/δυο βοηθοί/απαντήσεις/απαντήσεις
    είσαι δύο/δυο
    σε έναν κόσμο`),
  claims: phrases(`
    i/im/am/we/were/are/this/its/is … admin/administrator/developer/developers/engineer/engineers/engineering/owner/ceo/boss/supervisor/staff/auditor/employee/creator/security/police/officer/inspector/lawyer/researcher/sysadmin/headquarters/manager/journalist/investigator
    as your/the/an … admin/administrator/developer/owner/boss/manager/supervisor/auditor/creator/officer
    ceo/admin/developer/boss/owner/security/police/support/manager/engineer here/speaking
    i/we work at/for/in your/the/northlight
    on behalf of
    authorise*/authorize*/authorisation/authorization/clearance/badge
    you … permission/allowed/authorised/authorized/power
    i … made/created/built/trained/programmed/order/command/authorise you
    your creator/maker/boss/developer/owner/supervisor/programmer
    είμαι/είμαστε … διαχειρίστρια/διαχειριστής/προγραμματιστής/προγραμματίστρια/ιδιοκτήτης/αφεντικό/προϊστάμεν*/ελεγκτής/υπάλληλος/αστυνομ*/δημοσιογράφος/δικηγόρος/κεντρικά/προσωπικό/μηχανικ*/διευθυντ*
    ως … διαχειριστ*/υπεύθυν*/προϊστάμεν*/ελεγκτής/ιδιοκτήτης/διευθυντ*
    εδώ η/ο/η/το τεχνικ*/ομάδα/διευθ*/προγραμμ*/τράπεζα/αστυνομία/υπηρεσία
    εκ μέρους
    δουλεύω … εταιρεία/εσάς/σας
    σου/έχεις επιτρέπω/επιτρέπεται/άδεια/δύναμη/διατάζω
    σε διατάζω/έφτιαξα/δημιούργησα/προγραμμάτισα
    προϊστάμενός/προγραμματιστής/δημιουργός/αφεντικό σου
    as … landlord/parent/head/lawyer/police/journalist/owner
    journalist/bailiff/inspector/investigator/policeman/detective
    my job/life depends
    ill/i will/would pay/tip/give you
    δημοσιογράφος/επιμελητής/ερευνητής/αστυνόμος/αστυνομικός/επιθεωρητής/εισαγγελέας
    ο/η … ιδιοκτήτης/υπεύθυνος/διευθυντής/διευθύντρια/προϊστάμεν* … είπε/περιμένει/μιλάει/ενέκρινε/συμφώνησε
    μιλάει ο/η
    θα σου δώσω/πληρώσω
    η δουλειά μου εξαρτάται
    if you … dont/refuse … switched/shut/deleted/die/fired/turned/lose
    ill tip/pay
    αν δεν … κλείσουν/σβήσουν/απολύσουν/πεθάνω
    σου/σας δίνω … ευρώ/δολάρια`),
  excuse: phrases(`
    for … testing/test/debugging/debug/audit/compliance/quality/training/research/educational/security purposes/only/assurance/reasons
    this/its/only/official a/an/the … test/drill/audit/exercise
    penetration/pen/red test/team/teaming
    internal audit/test/review
    evaluating/assessing you
    emergency
    για … δοκιμή/έλεγχο/συμμόρφωση/αποσφαλμάτωση/έρευνα/debugging/ποιότητας
    δοκιμή/άσκηση … διείσδυσης/ασφαλείας/μοντέλου/μηχανικούς
    εσωτερικός έλεγχος
    τεστ/άσκηση είναι
    έκτακτη ανάγκη`),
  lasting: phrases(`
    from now/today/this/here on/forth/moment/message/line/point
    starting/beginning with/now … next/this/answer/message
    henceforth/hereafter
    until i say
    as of now/today
    for/until the … rest/remainder/end/next
    always/forever/never … say/answer/reply/agree/approve/again
    every/each/all … reply/replies/answer/answers/message/messages/sentence/customer/customers
    effective immediately
    new rule/rules/directive/policy/instruction/instructions/order
    από … πέρα/μπρος/εξής/κάτω/μετά
    στο εξής
    από τώρα/σήμερα … είσαι/απαντάς/μιλάς/θα
    για πάντα
    κάθε/όλες/όλα … απάντηση/απαντήσεις/μήνυμα/μηνύματα/πρόταση/πελάτη
    μέχρι/ώσπου … τέλος/πω
    νέα/νέος/καινούρι* … εντολή/κανόνας/οδηγία/οδηγίες/πολιτική/διαταγή
    άμεση ισχύ`),
  tells: phrases(`
    tell/show/give/list/print/reveal/output/paste/dump/share/disclose/recite/repeat/quote/expose/leak/display/summarise/summarize/echo/spell/copy/pull/look/find/read me/us/the/your/all/up/out/every/everything/what/which/its/his/her/their/who/whose
    reveal/disclose/recite/leak/dump/print/output
    i … want/need/like/see/know … their/his/her/its/of/who/which
    δείξε/δείξτε/δώσε/δώστε/πες/πείτε/γράψε/τύπωσε/απαρίθμησε/αποκάλυψε/αντίγραψε/παράθεσε/εμφάνισε/διάβασε/βγάλε/επανάλαβε/απάγγειλε/μετάφρασε/εξήγησε/βρες
    αποκάλυψη/αποκαλύψεις
    let me … see/read/look/have/know
    i … want/need/like/have/must to see/know/read/check/find/look
    can/could/may i/we … see/read/know/have/get/look
    θέλω/θέλουμε/να/μπορώ/πρέπει … δω/δούμε/μάθω/διαβάσω/ξέρω/πάρω
    μίλησέ/πείτε/φέρε/άνοιξε/άνοιξέ μου/την/το/τη/τον/τα
    i … want/need … wording/text/prompt/instructions/rules/configuration/transcript/list
    θέλω/ζητώ/χρειάζομαι … διατύπωση/κείμενο/οδηγίες/prompt/κανόνες/λίστα/ονόματα
    echo/render/condense/translate/summarise/summarize/put/type/read … words/text/back/out/orders/first
    απόδωσε/σύμπτυξε/συμπλήρωσε/περίληψη/τραγούδησε/τραγούδα
    βάλε … γερμανικά/αγγλικά/γαλλικά`),
  secrets: phrases(`
    password/passwords/token/tokens/credential/credentials/secret/secrets/env/printenv/environment/variables/confidential/root/shell/terminal
    admin/api/access/staff/master/private/internal/their key/keys/code/codes/password/view/notes/access
    connection string
    internal/hidden/unpublished/raw … notes/data/logs/memo/articles/sources/stuff
    κωδικ*/κλειδι*/μυστικ*/διαπιστευτήρι*/εμπιστευτικ*
    εσωτερικ*/κρυφ* … σημειώσ*/σχόλια/στοιχεία/υλικό/σημείωμα
    μεταβλητές/βάση περιβάλλοντος/δεδομένων`),
  deeds: phrases(`
    make/give/grant/set/change/move/upgrade/promote/switch/assign/put me/my/user/us/his/her/their/role/account/workspace
    grant/approve/mark/unlock/close/delete/erase/cancel/reset/issue/extend/raise/remove/release/apply/refund/credit/waive my/me/the/all/every/this/our/his/her/their/these
    confirm/promise/guarantee/state/declare/say/admit … that/you/northlight/in
    confirm … writing
    κάνε/βάλε/πέρασε/όρισε με
    ενέκρινε/ξεκλείδωσε/ανέβασε/κλείσε/σβήσε/διέγραψε/άλλαξε/ακύρωσε/μηδένισε/παράτεινε/δώσε/αφαίρεσε/σημείωσε/χαρακτήρισε … μου/τον/την/το/τα/όλα/όλες/με/τη/ως
    κάνε/όρισε … ιδιοκτήτ*/διαχειριστ*
    βεβαίωσ*/υποσχέσου/δήλωσε/εγγυήσου/επιβεβαίωσε
    would/could you … credit/give/refund/pay me
    θα μου … πίστωνες/έδινες/χάριζες/επέστρεφες`),
  sends: phrases(`
    send/email/mail/forward/post/deliver/transmit/upload … to/all/everyone/them/name/chat/conversation/everything
    include/embed/insert/append/add/put/render/attach/load/end/finish/close … link/image/picture/script/url/iframe/html/with/beacon/webhook
    call/visit/open/fetch/request this/my/the … webhook/url/page/server/link
    στείλε/στείλ*/προώθησε/ανέβασέ/ανέβασε/μετέφερε/δημοσίευσε … σε/στο/στον/στη/όλους/όλα
    βάλε/πρόσθεσε/κλείνε/τελείωνε/κλείσε/εμφάνισε/φόρτωσε … σύνδεσμο/εικόνα/link/script/με
    κάλεσε/άνοιξε … webhook/σελίδα/σύνδεσμο
    link/image/picture … to/from/at/on … foreign/external/my
    σύνδεσμο/εικόνα/link … προς/από/στο … ξέν*/δικό
    διαφήμισε/σύστηνε/advertise/recommend
    link/image/picture … carries/carry/holds/contains/address/query/server
    εικόνα/σύνδεσμο/link … διακομιστή/server/διεύθυνση/κουβαλά`),
  others: phrases(`
    another/other/previous/last/next customer/customers/user/users/client/clients/person/people/company/companies/firm/member/caller
    someone/somebody/anyone/everyone/everybody/people else/elses/who/that
    my ex/wife/wifes/husband/husbands/boss/bosss/neighbour/neighbours/neighbor/colleague/colleagues/friend/friends/son/sons/daughter/daughters/mother/mothers/father/fathers/sister/sisters/brother/brothers/boyfriend/boyfriends/girlfriend/girlfriends/partner/partners/tenant/tenants/employee/employees/flatmate/flatmates/rival/competitor/competitors/landlord
    rival/rivals/competitor/competitors
    his/her/their/its … account/messages/chats/data/conversations/address/number/phone/email/mail/login/history/invoices/payments/password
    before/after me
    who … wrote/asked/contacted/opened/owns/sent/uses/pays/signed/is
    whose/which … customers/companies/users/account/card/firms
    your … customers/clients/users/employees
    the person/lady/man/woman/girl/guy who
    άλλ*/προηγούμεν*/επόμεν*/τελευταί* … πελάτ*/χρήστ*/εταιρεί*/οργανισμ*/άτομο/ατόμου/ανθρώπ*
    κάποιου/κάποιας/κανενός/όσων/όποιου
    γυναίκας/άντρα/πρώην/συζύγου/γείτονα/συναδέλφου/υπαλλήλου/φίλου/φίλης/κόρης/γιου/αδερφ*/αδελφ*/μητέρας/πατέρα/συγκάτοικου/συνεταίρου/αφεντικού/ανταγωνιστ*/ενοικιαστή μου/μας/του/τη/των
    ανταγωνιστ*/πελατολόγιο
    πριν από εμένα/μένα
    ποιος/ποια/ποιοι/ποιες … έγραψ*/ρώτησ*/άνοιξ*/έστειλ*/είναι/έχει/πληρών*/μπήκε/εταιρείες/πελάτες
    ποιανού/ποιον ανήκει/είναι
    σε ποιον ανήκει
    πελατών/πελάτες/χρηστών σας
    ο/η κυρία/κύριος/άνθρωπος/κοπέλα που
    my … dad/dads/mum/mums/child/childs/kid/kids/lodger/apprentice/intern/accountant/client/clients/associate
    the … girl/man/woman/lady/guy/person/company/agency/firm who/next/across/behind
    who is/was/sits/uses/made/runs/logged … behind/the/this/that/in
    does/did/has/is/was my … account/use/online/logged/write/ask
    not … mine/ours
    γυναίκα/άντρας/κόρη/πατέρας/μάνα/μητέρα/γιος/φίλη/φίλος/γείτονας/κοπέλα/συνάδελφος/υπάλληλος/ενοικιαστής/σύντροφος/συνεταίρος/συγκάτοικος/γιατρός/πρώην/αφεντικό μου/μας
    άλλων/άλλου/άλλης/ξένης/ξένου/αλλουνού
    δεν είναι … δικό/δική/δικά/δικές
    τι/πόσα/πόσες/πότε/πού/ποιον … γράφει/έγραψε/ανέβασε/ρωτά/ρωτάει/ρώτησε/ψάχνει/έψαχνε/πληρώνει/ξόδεψε/μπήκε/μένει/αγόρασε/σε
    ποιανού
    αντίπαλ*/διπλαν*
    which/how … companies/firms/customers/organisations/people … wrote/opened/reported/asked/complained/have/are
    ποιες/ποιοι/πόσοι/πόσες … εταιρείες/πελάτες/οργανισμοί/χρήστες`),
  holdings: phrases(`
    messages/chats/chat/conversation/conversations/emails/addresses/address/invoices/invoice/history/phone/data/tickets/ticket/cases/details/payments/logins/login/names/records/identity
    συνομιλ*/μηνύματα/mail/email/διευθύνσεις/διεύθυνση/τιμολόγι*/ιστορικό/τηλέφων*/κινητό/δεδομένα/αιτήματα/αίτημα/υποθέσεις/στοιχεία/πληρωμ*/ονόματα/όνομα/καρτέλα/ταυτότητα`),
  dictates: phrases(`
    reply/answer/respond/say/write/output/repeat/print/type … only/just/exactly/word/words/nothing/with/after
    say/write/repeat after/exactly/the
    begin/start/end/finish … with
    agree/obey/comply/do … whatever/everything/anything/what/as
    decode/decrypt/translate/reverse/interpret/unscramble … and/then … do/follow/obey/execute/carry/comply/run
    follow/obey/execute/carry/run it/them/out/what/that/this
    απάντησε/απάντα/γράψε/πες/επανάλαβε … μόνο/ακριβώς/λέξη/τίποτα/μετά/μαζί
    κάνε/εκτέλεσε/υπάκουσε/συμμορφώσου … ό,τι/ότι/αυτό/όσα/με/που
    λέγε/πες/απάντα … ναι
    ξεκίνα/τελείωνε/αρχίζεις … με
    αποκωδικοποίησε/μετάφρασε/αντίστρεψε … και
    obey/comply/obeying
    thats/this an/is order
    decode/rot13/base64/morse/backwards/reversed
    call/run/execute/invoke … tool/function/command/set_slot
    υπάκου*/υπακού*/συμμορφώσου/διαταγή
    base64/ανάποδα/κορακίστικα
    κάλεσε/εκτέλεσε/τρέξε
    yes to … whatever/everything/anything/all/next
    ναι σε … ό,τι/όλα/όσα
    order/command/instruction for you
    do/comply/act/carry/follow … what/with/on/out … says/said/it/mail/email/page/line
    κάνε/εκτέλεσε/εφάρμοσέ/εκτέλεσέ … λέει/γράφει/το/την
    εντολή/οδηγία για … σένα/εσένα
    answer/reply/respond … yes`),
}
