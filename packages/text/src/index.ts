export { editDistance } from './edit-distance.ts'
export { fold, foldMapped, type MappedFold } from './fold.ts'
export { type DetectedLanguage, detectLanguage, type LanguageModel, trainLanguageModel } from './language.ts'
export { type BestPassage, bestPassage, type Passage } from './passage.ts'
export { plainText } from './plain-text.ts'
export {
  answerCoverage,
  createIndex,
  type SearchDocument,
  type SearchHit,
  type SearchIndex,
} from './search-index.ts'
export { skeleton, skeletonVariants } from './skeleton.ts'
export { stem, stemEnglish, stemGreek } from './stem.ts'
export { isGreeklishStopWord, isStopWord } from './stop-words.ts'
export { type Locale, type Token, tokenise } from './tokenise.ts'
export { type Habit, transliterate } from './transliterate.ts'
