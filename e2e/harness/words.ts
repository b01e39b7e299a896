import { createT, type Locale, type T } from '@clew/i18n'
import * as assistantEl from '@clew/i18n/generated/assistant.el'
import * as assistantEn from '@clew/i18n/generated/assistant.en'
import * as brushEl from '@clew/i18n/generated/brush.el'
import * as brushEn from '@clew/i18n/generated/brush.en'
import * as caseEl from '@clew/i18n/generated/case.el'
import * as caseEn from '@clew/i18n/generated/case.en'
import * as connectorsEl from '@clew/i18n/generated/connectors.el'
import * as connectorsEn from '@clew/i18n/generated/connectors.en'
import * as auditEl from '@clew/i18n/generated/console-audit.el'
import * as auditEn from '@clew/i18n/generated/console-audit.en'
import * as domainsEl from '@clew/i18n/generated/console-domains.el'
import * as domainsEn from '@clew/i18n/generated/console-domains.en'
import * as membersEl from '@clew/i18n/generated/console-members.el'
import * as membersEn from '@clew/i18n/generated/console-members.en'
import * as policiesEl from '@clew/i18n/generated/console-policies.el'
import * as policiesEn from '@clew/i18n/generated/console-policies.en'
import * as provisioningEl from '@clew/i18n/generated/console-provisioning.el'
import * as provisioningEn from '@clew/i18n/generated/console-provisioning.en'
import * as signInEl from '@clew/i18n/generated/console-sign-in.el'
import * as signInEn from '@clew/i18n/generated/console-sign-in.en'
import * as ssoEl from '@clew/i18n/generated/console-sso.el'
import * as ssoEn from '@clew/i18n/generated/console-sso.en'
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
import * as settingsEl from '@clew/i18n/generated/settings.el'
import * as settingsEn from '@clew/i18n/generated/settings.en'
import * as siteEl from '@clew/i18n/generated/site.el'
import * as siteEn from '@clew/i18n/generated/site.en'
import * as ssoPageEl from '@clew/i18n/generated/sso-page.el'
import * as ssoPageEn from '@clew/i18n/generated/sso-page.en'
import * as statusEl from '@clew/i18n/generated/status.el'
import * as statusEn from '@clew/i18n/generated/status.en'
import * as widgetEl from '@clew/i18n/generated/widget.el'
import * as widgetEn from '@clew/i18n/generated/widget.en'
import * as workspaceEl from '@clew/i18n/generated/workspace.el'
import * as workspaceEn from '@clew/i18n/generated/workspace.en'

const catalogues = {
  en: {
    assistant: assistantEn,
    audit: auditEn,
    brush: brushEn,
    domains: domainsEn,
    members: membersEn,
    policies: policiesEn,
    provisioning: provisioningEn,
    case: caseEn,
    feedback: feedbackEn,
    connectors: connectorsEn,
    flows: flowsEn,
    harPage: harPageEn,
    identity: identityEn,
    learning: learningEn,
    settings: settingsEn,
    signIn: signInEn,
    site: siteEn,
    sso: ssoEn,
    ssoPage: ssoPageEn,
    status: statusEn,
    widget: widgetEn,
    workspace: workspaceEn,
  },
  el: {
    assistant: assistantEl,
    audit: auditEl,
    brush: brushEl,
    domains: domainsEl,
    members: membersEl,
    policies: policiesEl,
    provisioning: provisioningEl,
    case: caseEl,
    feedback: feedbackEl,
    connectors: connectorsEl,
    flows: flowsEl,
    harPage: harPageEl,
    identity: identityEl,
    learning: learningEl,
    settings: settingsEl,
    signIn: signInEl,
    site: siteEl,
    sso: ssoEl,
    ssoPage: ssoPageEl,
    status: statusEl,
    widget: widgetEl,
    workspace: workspaceEl,
  },
}

/** What the screens say, so that a journey finds a button by the words that a person sees on it. */
export type Words = {
  assistant: T<'assistant'>
  audit: T<'console-audit'>
  brush: T<'brush'>
  domains: T<'console-domains'>
  members: T<'console-members'>
  policies: T<'console-policies'>
  provisioning: T<'console-provisioning'>
  case: T<'case'>
  feedback: T<'feedback'>
  connectors: T<'connectors'>
  flows: T<'flows'>
  harPage: T<'har-page'>
  identity: T<'identity'>
  learning: T<'learning'>
  settings: T<'settings'>
  signIn: T<'console-sign-in'>
  site: T<'site'>
  sso: T<'console-sso'>
  ssoPage: T<'sso-page'>
  status: T<'status'>
  widget: T<'widget'>
  workspace: T<'workspace'>
}

export function wordsOf(locale: Locale): Words {
  const {
    assistant,
    audit,
    brush,
    domains,
    members,
    policies,
    provisioning,
    case: about,
    connectors,
    feedback,
    flows,
    harPage,
    identity,
    learning,
    settings,
    signIn,
    site,
    sso,
    ssoPage,
    status,
    widget,
    workspace,
  } = catalogues[locale]
  return {
    assistant: createT(locale, assistant.catalogue),
    audit: createT(locale, audit.catalogue),
    domains: createT(locale, domains.catalogue),
    members: createT(locale, members.catalogue),
    policies: createT(locale, policies.catalogue),
    provisioning: createT(locale, provisioning.catalogue),
    brush: createT(locale, brush.catalogue),
    case: createT(locale, about.catalogue),
    connectors: createT(locale, connectors.catalogue),
    feedback: createT(locale, feedback.catalogue),
    flows: createT(locale, flows.catalogue),
    harPage: createT(locale, harPage.catalogue),
    identity: createT(locale, identity.catalogue),
    learning: createT(locale, learning.catalogue),
    settings: createT(locale, settings.catalogue),
    signIn: createT(locale, signIn.catalogue),
    site: createT(locale, site.catalogue),
    sso: createT(locale, sso.catalogue),
    ssoPage: createT(locale, ssoPage.catalogue),
    status: createT(locale, status.catalogue),
    widget: createT(locale, widget.catalogue),
    workspace: createT(locale, workspace.catalogue),
  }
}
