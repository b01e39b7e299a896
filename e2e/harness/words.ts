import { type Catalogue, createT, type Locale, type Namespace, type T } from '@clew/i18n'
import * as assistantEl from '@clew/i18n/generated/assistant.el'
import * as assistantEn from '@clew/i18n/generated/assistant.en'
import * as brushEl from '@clew/i18n/generated/brush.el'
import * as brushEn from '@clew/i18n/generated/brush.en'
import * as caseEl from '@clew/i18n/generated/case.el'
import * as caseEn from '@clew/i18n/generated/case.en'
import * as connectorsEl from '@clew/i18n/generated/connectors.el'
import * as connectorsEn from '@clew/i18n/generated/connectors.en'
import * as consoleEl from '@clew/i18n/generated/console.el'
import * as consoleEn from '@clew/i18n/generated/console.en'
import * as auditEl from '@clew/i18n/generated/console-audit.el'
import * as auditEn from '@clew/i18n/generated/console-audit.en'
import * as domainsEl from '@clew/i18n/generated/console-domains.el'
import * as domainsEn from '@clew/i18n/generated/console-domains.en'
import * as exportsEl from '@clew/i18n/generated/console-exports.el'
import * as exportsEn from '@clew/i18n/generated/console-exports.en'
import * as membersEl from '@clew/i18n/generated/console-members.el'
import * as membersEn from '@clew/i18n/generated/console-members.en'
import * as policiesEl from '@clew/i18n/generated/console-policies.el'
import * as policiesEn from '@clew/i18n/generated/console-policies.en'
import * as provisioningEl from '@clew/i18n/generated/console-provisioning.el'
import * as provisioningEn from '@clew/i18n/generated/console-provisioning.en'
import * as retentionEl from '@clew/i18n/generated/console-retention.el'
import * as retentionEn from '@clew/i18n/generated/console-retention.en'
import * as signInEl from '@clew/i18n/generated/console-sign-in.el'
import * as signInEn from '@clew/i18n/generated/console-sign-in.en'
import * as ssoEl from '@clew/i18n/generated/console-sso.el'
import * as ssoEn from '@clew/i18n/generated/console-sso.en'
import * as errorsEl from '@clew/i18n/generated/errors.el'
import * as errorsEn from '@clew/i18n/generated/errors.en'
import * as feedbackEl from '@clew/i18n/generated/feedback.el'
import * as feedbackEn from '@clew/i18n/generated/feedback.en'
import * as flowsEl from '@clew/i18n/generated/flows.el'
import * as flowsEn from '@clew/i18n/generated/flows.en'
import * as harPageEl from '@clew/i18n/generated/har-page.el'
import * as harPageEn from '@clew/i18n/generated/har-page.en'
import * as identityEl from '@clew/i18n/generated/identity.el'
import * as identityEn from '@clew/i18n/generated/identity.en'
import * as learningEl from '@clew/i18n/generated/learning.el'
import * as learningEn from '@clew/i18n/generated/learning.en'
import * as macrosEl from '@clew/i18n/generated/macros.el'
import * as macrosEn from '@clew/i18n/generated/macros.en'
import * as ourCasesEl from '@clew/i18n/generated/our-cases.el'
import * as ourCasesEn from '@clew/i18n/generated/our-cases.en'
import * as safeCopyEl from '@clew/i18n/generated/safe-copy.el'
import * as safeCopyEn from '@clew/i18n/generated/safe-copy.en'
import * as settingsEl from '@clew/i18n/generated/settings.el'
import * as settingsEn from '@clew/i18n/generated/settings.en'
import * as siteEl from '@clew/i18n/generated/site.el'
import * as siteEn from '@clew/i18n/generated/site.en'
import * as ssoPageEl from '@clew/i18n/generated/sso-page.el'
import * as ssoPageEn from '@clew/i18n/generated/sso-page.en'
import * as statusEl from '@clew/i18n/generated/status.el'
import * as statusEn from '@clew/i18n/generated/status.en'
import * as usageEl from '@clew/i18n/generated/usage.el'
import * as usageEn from '@clew/i18n/generated/usage.en'
import * as widgetEl from '@clew/i18n/generated/widget.el'
import * as widgetEn from '@clew/i18n/generated/widget.en'
import * as workspaceEl from '@clew/i18n/generated/workspace.el'
import * as workspaceEn from '@clew/i18n/generated/workspace.en'

type Loaded<N extends Namespace> = { catalogue: Catalogue<N> }

const area =
  <N extends Namespace>(en: Loaded<N>, el: Loaded<N>) =>
  (locale: Locale): T<N> =>
    createT(locale, { en, el }[locale].catalogue)

const areas = {
  assistant: area(assistantEn, assistantEl),
  audit: area(auditEn, auditEl),
  brush: area(brushEn, brushEl),
  case: area(caseEn, caseEl),
  connectors: area(connectorsEn, connectorsEl),
  console: area(consoleEn, consoleEl),
  domains: area(domainsEn, domainsEl),
  errors: area(errorsEn, errorsEl),
  exports: area(exportsEn, exportsEl),
  feedback: area(feedbackEn, feedbackEl),
  flows: area(flowsEn, flowsEl),
  harPage: area(harPageEn, harPageEl),
  identity: area(identityEn, identityEl),
  learning: area(learningEn, learningEl),
  macros: area(macrosEn, macrosEl),
  members: area(membersEn, membersEl),
  ourCases: area(ourCasesEn, ourCasesEl),
  policies: area(policiesEn, policiesEl),
  provisioning: area(provisioningEn, provisioningEl),
  retention: area(retentionEn, retentionEl),
  safeCopy: area(safeCopyEn, safeCopyEl),
  settings: area(settingsEn, settingsEl),
  signIn: area(signInEn, signInEl),
  site: area(siteEn, siteEl),
  sso: area(ssoEn, ssoEl),
  ssoPage: area(ssoPageEn, ssoPageEl),
  status: area(statusEn, statusEl),
  usage: area(usageEn, usageEl),
  widget: area(widgetEn, widgetEl),
  workspace: area(workspaceEn, workspaceEl),
}

/** What the screens say, so that a journey finds a button by the words that a person sees on it. */
export type Words = { [Area in keyof typeof areas]: ReturnType<(typeof areas)[Area]> }

export const wordsOf = (locale: Locale): Words =>
  Object.fromEntries(Object.entries(areas).map(([name, of]) => [name, of(locale)])) as Words
