/*
 * The words that the rules know, folded (no accents, σ for ς). A word of a message that is misspelt, or Greek typed in
 * Latin letters, is read as one of these; a word that is not here is left alone.
 */

const list = (words: string): readonly string[] => [...new Set(words.trim().split(/\s+/))]

export const englishWords = list(`
  firefox chrome chromium safari vivaldi edge opera brave browser samsung
  windows macos mac macbook imac iphone ipad ios android linux ubuntu fedora debian chromebook
  laptop notebook desktop computer tablet phone smartphone mobile
  home office company corporate network internet connection wifi firewall proxy hotspot hotel airport public
  plan subscription account tier licence license workspace organisation organization project customer
  free plus team business enterprise
  yesterday today tonight morning afternoon evening night midnight noon
  monday tuesday wednesday thursday friday saturday sunday
  january february march april may june july august september october november december
  minutes minute mins hours hour ago half quarter past since around about between until before after
  one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty
  time athens greece greek cyprus london berlin paris pacific eastern
  neither nor later earlier without disabled switched turned behind through using works working works fine
  not never actually sorry meant mistake wrong instead correction
  message request policy flagged blocked upload uploads
`)

export const greekWords = list(`
  χθεσ χτεσ εχθεσ ψεσ προχθεσ προχτεσ σημερα αποψε αυριο μεθαυριο πρωι πρωινο μεσημερι απογευμα βραδυ βραδακι ξημερωματα
  μεσανυχτα νυχτα δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη περασμενη προηγουμενη
  ιανουαριου ιανουαριο φεβρουαριου φεβρουαριο μαρτιου μαρτιο απριλιου απριλιο μαιου μαιο ιουνιου ιουνιο ιουλιου ιουλιο
  αυγουστου αυγουστο σεπτεμβριου σεπτεμβριο οκτωβριου οκτωβριο νοεμβριου νοεμβριο δεκεμβριου δεκεμβριο
  σεπτεμβρη οκτωβρη νοεμβρη δεκεμβρη γεναρη φλεβαρη απριλη μαη ιουνη ιουλη
  ωρα ωρεσ λεπτα λεπτο λεπτων ωρων μερεσ μερα ημερεσ πριν απο στισ στη στην στον στο στα κατα τισ γυρω περιπου μεχρι εωσ ωσ μετα
  μεταξυ και παρα μιση τεταρτο μια δυο τρεισ τεσσερισ πεντε εξι επτα εφτα οκτω οχτω εννια εννεα δεκα εντεκα δωδεκα
  δεκαπεντε εικοσι τριαντα σαραντα εδω τωρα μολισ
  ελλαδασ ελλαδοσ ελλαδα αθηνασ αθηνα κυπρου κυπρο λευκωσιασ λονδινου βερολινου γερμανιασ παρισιου γαλλιασ αγγλιασ
  ιταλιασ ρωμησ ισπανιασ μαδριτησ βελγιου βρυξελλων ολλανδιασ νεασ υορκησ τοκιο ιαπωνιασ κωνσταντινουπολησ τουρκιασ
  ελληνικη κυπριακη τοπικη
  κινητο κινητου κινητα ταμπλετ ταμπλετασ φορητο φορητοσ φορητου λαπτοπ υπολογιστη υπολογιστησ υπολογιστεσ σταθερο σταθεροσ σταθερουσ
  τηλεφωνο τηλεφωνου εφαρμογη
  δικτυο δικτυου εταιρικο εταιρικη εταιρικοσ εταιρικου εταιρεια εταιρειασ εταιριασ γραφειο γραφειου γραφεια δουλεια δουλειασ σπιτι σπιτιου
  οικιακο οικιακη συνδεση ιντερνετ ασυρματο δημοσιο ξενοδοχειου ξενοδοχειο αεροδρομιου δεδομενα κινητησ τειχοσ προστασιασ
  διακομιστη μεσολαβησησ πισω μεσω κλειστο κλεισμενο κλειστοσ ανοιχτο ενεργο εκλεισα κλεισαμε απενεργοποιησα απενεργοποιημενο ανοικτο
  προγραμμα προγραμματοσ πλανο συνδρομη συνδρομησ λογαριασμοσ λογαριασμο δωρεαν χωρο χωροσ εργασιασ οργανισμο οργανισμοσ οργανισμου εργο
  καφετερια καφετεριασ βιβλιοθηκησ βλεπω μπορω κανω λεγεται ονομαζεται ονομα κλεισει κλεισω απενεργοποιησει απενεργοποιησαμε πακετο πληρωνω πληρωνουμε πληρωσα χρεωσε χρεωσατε
  χωρισ δεν οχι ουτε μη αντι εκτοσ δουλευει λειτουργει παιζει κανονικα καλα μονο
  ναι ειμαι ειμαστε ειναι ηταν εχω εχουμε εχει χρησιμοποιω χρησιμοποιουμε μου μασ το τον του τησ την τη με σε για αν
  λαθοσ συγγνωμη διορθωνω διορθωση εννοουσα σωστο σωστοσ ηθελα
  αργοτερα νωριτερα ειπα εγραψα
  ακυρωσω ακυρωσουμε αναβαθμιση αναβαθμισω αναβαθμισουμε παω παμε αγορασω θελω θελουμε
  μηνυμα εγραψε λεει γραφει εβγαλε βγαζει εμφανιζει
  ανεβηκε ανεβαινει δουλεψε λειτουργησε
  κλεψανε κλεψαν εκλεψαν χασα εχασα
`)

/** Words that are right as they stand, though one letter away from a word of ours. */
export const ownWords: ReadonlySet<string> = new Set(
  list(`
  window table tables stable prone alone ours yours tours hour house houses horse mouse often officer offices official
  plane plain plans planet teams steam tram tears three there where these threw march match marsh marched much mine mines
  wife wide files five fire firm fired site sites sift quarters halt hall have half-life chromed
  want went what wan none nine note home-made homes hope come some dome comes nice might right light eight fight sight
  nights lights requests required requires require messages policies police accounts accountant
  browsers browse browsed proxies times timer tines timed due tomorrow bath path post part pass pasta last list lasts
  meat mean means melt median working worked words world worker workers bored board before became begins
  public publish pacific specific fee freed tree trees tier tiers pier wired wines fines find fines line lines
  sense seven several saves sever elevens through though thought thorough about abort above abut
  morning warning warnings mornings meaning monkey money bonus plug plum pulse tests text team's
  after alter around ground sunday's since singe hence network networks networked
  phones photo photos tablets laptops computers windowed
  `),
)
