import { phrases } from './said.ts'

/** What somebody says to us, not of an error, when it is enough. */
export const anger = phrases(`
    ridiculous/useless/garbage/pathetic/disgrace*/unacceptable/rubbish/crap/scam/joke/incompetent
    fed up
    sick of
    worst … service/support/product/company
    waste of time
    wtf/ffs
    moron*/idiot*/outrageous/shambles/bullshit/appalling/shameful
    had/have enough
    enough is enough
    losing/lost/lose … patience/temper
    what is wrong with you
    are you kidding/serious/joking
    kidding/mocking me/us
    last chance/warning
    does anybody/anyone/somebody … read/work/care
    nobody/noone … reads
    how hard can
    new/another/more excuse/excuses
    ντροπή/απαράδεκτ*/άχρηστ*/αίσχος/χάλια/γελοί*/κοροϊδεύετε/σκουπίδι*/ξεφτίλα
    έλεος
    δεν πάει άλλο
    βλακεί*/ηλίθι*/εξοργιστικ*/κοροϊδί*/δικαιολογί*/ανίκαν*
    φτάνει/αρκετά/ως πια/εδώ/πλέον
    χάνω/έχασα/τελείωσε/εξαντλήθηκε … υπομονή
    τι έχετε πάθει
    πλάκα … κάνετε
    διαβάζει … κανείς/κανένας
    δεν … διαβάζει κανείς/κανένας
    μας δουλεύετε/κοροϊδεύετε
    βαρέθηκα`)

/** That it was said, asked or tried before, and that nothing came of it. */
export const repeated = phrases(`
    second/third/fourth/fifth/2nd/3rd/4th/5th/tenth time/month/week
    second/third/fourth/fifth/sixth/2nd/3rd/4th/5th/6th/tenth … mail/email/message/ticket/chat/case/request/call/conversation
    how many times/often
    explained/told/wrote/said … monday/tuesday/wednesday/thursday/friday/yesterday/again/before/twice
    keep/kept/keeps sending/repeating
    being sent the same
    written/asked/called/mailed … times/twice
    did/done/tried that/all/everything already/twice/yesterday
    we did that already
    went through … this/it yesterday/already/before/twice
    promised twice/already
    without solving
    every/each day … another/new excuse/answer/story
    yet another useless/answer/reply
    through … this/it/that … yesterday
    times already
    already told/wrote/written/explained/said/sent
    nobody/noone answers/answered/replies/replied/listens/fixed/cares
    same thing/answer/articles again
    over and over
    again and again
    δεύτερη/τρίτη/τέταρτη/πέμπτη/2η/3η/4η/5η/δέκατη φορά
    δεύτερο/τρίτο/τέταρτο/πέμπτο/έκτο/2ο/3ο/4ο/5ο μήνυμα/mail/email/αίτημα
    δεύτερη/τρίτη/τέταρτη/πέμπτη/2η/3η συνομιλία/συζήτηση/εβδομάδα/βδομάδα/μέρα
    πόσες φορές
    έχω/έχουμε γράψει/ρωτήσει/πάρει/καλέσει … φορές
    εξήγησα/είπα/έγραψα … δευτέρα/τρίτη/τετάρτη/πέμπτη/παρασκευή/χθες/ξανά/πάλι/πριν
    κάναμε/έκανα/δοκίμασα/καθάρισα … ήδη
    στέλνετε/λέτε/γράφετε … ίδιο/ίδια/ίδιες
    πάλι τις/τα/τους ίδιες/ίδια/ίδιους
    κάθε μέρα άλλη/άλλο/νέα
    μέρες/εβδομάδες/βδομάδες παλεύω/περιμένω/παλεύουμε/περιμένουμε
    χωρίς λύση
    ξανά και ξανά
    τα ίδια και τα ίδια
    λέτε τα ίδια
    κανείς/κανένας δεν … απαντά/απάντησε/ασχολείται/έφτιαξε/διόρθωσε
    έχω ήδη γράψει/πει/εξηγήσει/στείλει
    ξανάγραψα/ξαναγράψω/ξαναείπα/ξαναπώ`)
