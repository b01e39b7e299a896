import type { Journey } from '../harness/stage.ts'
import { uploadFailureEn } from './upload-failure.en.journey.ts'

/** In the order in which they are played. */
export const journeys: readonly Journey[] = [uploadFailureEn]
