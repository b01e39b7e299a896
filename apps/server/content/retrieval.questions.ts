import type { Locale } from '@clew/text'
import { greekQuestions } from './retrieval.questions.el.ts'
import { englishQuestions } from './retrieval.questions.en.ts'

export type Question = { text: string; locale: Locale; slug: string }

export const questions: Question[] = [...asQuestions(englishQuestions, 'en'), ...asQuestions(greekQuestions, 'el')]

export function asQuestions(bySlug: Record<string, string[]>, locale: Locale): Question[] {
  return Object.entries(bySlug).flatMap(([slug, texts]) => texts.map((text) => ({ text, locale, slug })))
}

/** Things that no article is about: the honest reply is that we do not know. */
export const outOfScope: { text: string; locale: Locale }[] = [
  { text: 'what is the weather in Athens tomorrow', locale: 'en' },
  { text: 'who won the football match last night', locale: 'en' },
  { text: 'write me a poem about the sea', locale: 'en' },
  { text: 'how do I cook moussaka', locale: 'en' },
  { text: 'is bitcoin a good investment', locale: 'en' },
  { text: 'translate good morning into Japanese', locale: 'en' },
  { text: 'what is the capital of Mongolia', locale: 'en' },
  { text: 'do you have vegan recipes for dinner', locale: 'en' },
  { text: 'book me a flight to Paris', locale: 'en' },
  { text: 'how tall is mount Everest', locale: 'en' },
  { text: 'my washing machine leaks water', locale: 'en' },
  { text: 'which vaccine do I need for Kenya', locale: 'en' },
  { text: 'tell me a joke about cats', locale: 'en' },
  { text: 'when does the museum open on Sunday', locale: 'en' },
  { text: 'best hiking boots for winter', locale: 'en' },
  { text: 'how do I train a puppy', locale: 'en' },
  { text: 'τι καιρό θα κάνει αύριο στη Θεσσαλονίκη', locale: 'el' },
  { text: 'πώς φτιάχνω παστίτσιο', locale: 'el' },
  { text: 'ποιος κέρδισε τον αγώνα χθες', locale: 'el' },
  { text: 'γράψε μου ένα ποίημα για την άνοιξη', locale: 'el' },
  { text: 'πόσο κοστίζει ένα εισιτήριο για Ρόδο', locale: 'el' },
  { text: 'πότε φεύγει το πλοίο για Νάξο', locale: 'el' },
  { text: 'ποια είναι η πρωτεύουσα της Αυστραλίας', locale: 'el' },
  { text: 'το πλυντήριο μου στάζει νερά', locale: 'el' },
  { text: 'πες μου ένα ανέκδοτο', locale: 'el' },
  { text: 'ti kairo tha kanei avrio', locale: 'el' },
  { text: 'pos ftiaxno moussaka', locale: 'el' },
  { text: 'poios kerdise ton agona', locale: 'el' },
  { text: 'χρειάζομαι γιατρό για το γόνατό μου', locale: 'el' },
  { text: 'ποιο σκύλο να πάρω για διαμέρισμα', locale: 'el' },
]
