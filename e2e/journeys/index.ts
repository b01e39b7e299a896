import type { Journey } from '../harness/stage.ts'
import { a11y } from './a11y.journey.ts'
import { firstOwner } from './first-owner.journey.ts'
import { harPage } from './har-page.journey.ts'
import { helpCentreNoJs } from './help-centre.no-js.journey.ts'
import { hostWithoutFrame } from './host-without-frame.journey.ts'
import { hostile } from './hostile.journey.ts'
import { largeCapture } from './large-capture.journey.ts'
import { offlineOutbox } from './offline-outbox.journey.ts'
import { uploadFailureEl } from './upload-failure.el.journey.ts'
import { uploadFailureEn } from './upload-failure.en.journey.ts'

/** In the order in which they are played. */
export const journeys: readonly Journey[] = [
  uploadFailureEn,
  uploadFailureEl,
  hostWithoutFrame,
  offlineOutbox,
  largeCapture,
  firstOwner,
  helpCentreNoJs,
  harPage,
  hostile,
  a11y,
]
