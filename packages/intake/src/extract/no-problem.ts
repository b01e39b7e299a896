/** What people say, or a button says for them, to be given to a person or when they send something: no problem is told. */
const PATTERNS: readonly RegExp[] = [
  /^(?:(?:hi|hello|please|sorry) ){0,2}(?:(?:can|could|may) i|i (?:would like|want|need|have|wish)(?: to)?|i'?d like(?: to)?|let me|get me|give me|connect me (?:to|with))(?: please)?(?: (?:talk|speak|chat|write)(?:ing)? (?:to|with))?(?: (?:a|an|some|the|your|one of your))?(?: (?:real|live|actual))?(?: (?:person|human|human being|agent|somebody|someone|colleague|representative|operator|support|support team|team))(?: (?:now|please|here|instead)){0,2}$/,
  /^(?:(?:γεια(?: σας)?|παρακαλώ) ){0,2}(?:θέλω|θα ήθελα|μπορώ|χρειάζομαι)(?: παρακαλώ)?(?: να (?:μιλήσω|συνδεθώ|γράψω) (?:με|σε))?(?: (?:έναν?|κάποιον|τον))?(?: (?:πραγματικό|αληθινό))?(?: (?:άνθρωπο|εκπρόσωπο|υπάλληλο|συνάδελφο|υπεύθυνο|κάποιον|ομάδα))?(?: (?:τώρα|παρακαλώ|από την ομάδα)){0,2}$/,
  /^(?:can|could|may|would) (?:a|an|some)(?: real| live)? (?:person|human|human being|agent|colleague)(?: please)? (?:look at|take|help me with|answer|see) (?:this|it|me|that)(?: please)?$/,
  /^i(?: am|'?m) (?:attaching|sending|uploading) (?:a|an|the|my|you a)(?: (?:har|screen))?(?: (?:har|file|files|recording|screenshot|picture|har file))$/,
  /^(?:επισυνάπτω|στέλνω|ανεβάζω)(?: σας)? (?:μια|ένα|την|το)(?: (?:αρχείο|καταγραφή|εικόνα|στιγμιότυπο))(?: har)?$/,
]

const longest = 120

/** A message of which nothing is left but the wish for a person, or that something is sent. */
export function saysNoProblem(text: string): boolean {
  if (text.length > longest) return false
  const words = text
    .toLowerCase()
    .replace(/[.!;?…\s]+$/u, '')
    .replace(/[,\s]+/gu, ' ')
  return PATTERNS.some((pattern) => pattern.test(words))
}
