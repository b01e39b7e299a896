import { fold } from './fold.ts'

const english = `a about after again all also am an and any anyone are as at be because been before being but by can cant
cannot could couldnt did didnt do does doesnt doing dont each every for from get gets getting got had has have having he
hello help her here hey hi him his how i if im in into is isnt it its ive just keep keeps let like me more most my
myself need no nor not of on once only or other our out over own please same say says see she should so some such tell than thank thanks that
thats the their them then there these they this those through to too under until up us very want was wasnt we were what
whats when where which while who whom why will with wont would you your yours`

const greek = `ο η το οι τα του της των τον την τους τις ένας μια μία ένα ενός μιας και κι ή είτε ούτε μα αλλά όμως ωστόσο
να θα ας δεν δε μην μη με σε από για προς χωρίς παρά αντί κατά μετά πριν έως ως μέχρι στο στη στην στον στα στις στους
που πως πώς πού ποιος ποια ποιο ποιοι ποιες ποιους τι πότε γιατί διότι επειδή αν εάν όταν ενώ ώστε όπως όσο όσα ό,τι
είμαι είσαι είναι είμαστε είστε ήταν ήμουν έχω έχεις έχει έχουμε έχετε έχουν είχα είχε μου σου μας σας τους αυτό αυτός
αυτή αυτά αυτές αυτοί αυτόν αυτήν εδώ εκεί εγώ εσύ εσείς εμείς κάτι κάθε κάποιος κάποια όλα όλο όλη όλες όλοι πάλι
πολύ πιο μόνο ναι όχι θέλω θέλει πρέπει μπορώ μπορεί μπορείτε κάνω κάνει κάνετε κάνουμε παρακαλώ ευχαριστώ γεια καλημέρα
καλησπέρα βοήθεια λοιπόν έτσι τώρα φτιάχνω φτιάξω δείτε πείτε πες ακόμα ακόμη επίσης μέσα έξω ενός ν τ σ λέει βγάζει`

const greeklish = `o h i to ta tou ths tis ton twn tin thn tous kai ki h alla na tha 8a as den de min mhn me se apo gia
xoris xwris choris horis sto sth sti stin sthn ston sta stis stous pou pos pws ti pote giati an ean otan eimai einai exo exw
exei echei exoume mou mu sou mas sas auto ayto afto auta ayta edo edw eki ekei ego egw kati kathe ka8e ola olo oles pali poli
poly pio mono nai oxi ohi thelo thelw 8elw 8elo prepei mporo mporw mporei boro borw kano kanw kanei parakalo parakalw efxaristo
efxaristw geia kalimera kalhmera kalispera voithia boithia voitheia boh8eia tora twra akoma episis mesa leei vgazei bgazei ftiaxno ftiaxnw ftiaxo ftiachno pes`

const asSet = (words: string): ReadonlySet<string> => new Set(fold(words).split(/[\s,]+/))

const stopWords = asSet(`${english} ${greek}`)
const greeklishStopWords = asSet(greeklish)

/** Expects a folded word. Both languages at once: people mix them in one sentence. */
export function isStopWord(folded: string): boolean {
  return stopWords.has(folded)
}

/** Stop words of Greek typed in Latin letters; English content words such as "to" and "me" collide, so ask for it by name. */
export function isGreeklishStopWord(folded: string): boolean {
  return greeklishStopWords.has(folded)
}
