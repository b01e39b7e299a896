import type { Journey } from '../harness/stage.ts'
import { a11y } from './a11y.journey.ts'
import { audit, auditEl } from './audit.journey.ts'
import { bubbleSteps } from './bubble-steps.journey.ts'
import { theCase } from './case.journey.ts'
import { composedAnswer } from './composed-answer.journey.ts'
import { connector } from './connector.journey.ts'
import { theConsole } from './console.journey.ts'
import { data } from './data.journey.ts'
import { desk } from './desk.journey.ts'
import { domains, domainsEl } from './domains.journey.ts'
import { erasedEl, erasedEn } from './erased.journey.ts'
import { firstOwner } from './first-owner.journey.ts'
import { flowEditor, flowEditorA11y, flowPartsA11y } from './flow-editor.journey.ts'
import { harPage } from './har-page.journey.ts'
import { helpCentreNoJs } from './help-centre.no-js.journey.ts'
import { hostWithoutFrame } from './host-without-frame.journey.ts'
import { hostile } from './hostile.journey.ts'
import { inbox } from './inbox.journey.ts'
import { joining } from './joining.journey.ts'
import { largeCapture } from './large-capture.journey.ts'
import { largeFile } from './large-file.journey.ts'
import { learning } from './learning.journey.ts'
import { macros, macrosEl } from './macros.journey.ts'
import { members } from './members.journey.ts'
import { myCases } from './my-cases.journey.ts'
import { offlineOutbox } from './offline-outbox.journey.ts'
import { provisioning, provisioningEl } from './provisioning.journey.ts'
import { settings, settingsA11y } from './settings.journey.ts'
import { signIn, signInEl } from './sign-in.journey.ts'
import { signInRepair, signInRepairEl } from './sign-in-repair.journey.ts'
import { singleSignOn, singleSignOnEl } from './single-sign-on.journey.ts'
import { snooze } from './snooze.journey.ts'
import { status } from './status.journey.ts'
import { uploadFailureEl } from './upload-failure.el.journey.ts'
import { uploadFailureEn } from './upload-failure.en.journey.ts'

/** In the order in which they are played. */
export const journeys: readonly Journey[] = [
  data,
  members,
  theConsole,
  joining,
  desk,
  signIn,
  signInEl,
  uploadFailureEn,
  uploadFailureEl,
  theCase,
  inbox,
  macros,
  macrosEl,
  snooze,
  bubbleSteps,
  hostWithoutFrame,
  offlineOutbox,
  largeCapture,
  largeFile,
  composedAnswer,
  learning,
  status,
  firstOwner,
  helpCentreNoJs,
  myCases,
  erasedEn,
  erasedEl,
  harPage,
  connector,
  audit,
  auditEl,
  domains,
  domainsEl,
  provisioning,
  provisioningEl,
  singleSignOn,
  singleSignOnEl,
  signInRepair,
  signInRepairEl,
  settings,
  settingsA11y,
  flowEditor,
  flowEditorA11y,
  flowPartsA11y,
  hostile,
  a11y,
]
