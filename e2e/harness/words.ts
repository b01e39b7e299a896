import { createT, type Locale, type T } from '@clew/i18n'
import * as assistantEl from '@clew/i18n/generated/assistant.el'
import * as assistantEn from '@clew/i18n/generated/assistant.en'
import * as brushEl from '@clew/i18n/generated/brush.el'
import * as brushEn from '@clew/i18n/generated/brush.en'
import * as caseEl from '@clew/i18n/generated/case.el'
import * as caseEn from '@clew/i18n/generated/case.en'
import * as connectorsEl from '@clew/i18n/generated/connectors.el'
import * as connectorsEn from '@clew/i18n/generated/connectors.en'
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
import * as statusEl from '@clew/i18n/generated/status.el'
import * as statusEn from '@clew/i18n/generated/status.en'
import * as widgetEl from '@clew/i18n/generated/widget.el'
import * as widgetEn from '@clew/i18n/generated/widget.en'
import * as workspaceEl from '@clew/i18n/generated/workspace.el'
import * as workspaceEn from '@clew/i18n/generated/workspace.en'

const catalogues = {
  en: {
    assistant: assistantEn,
    brush: brushEn,
    case: caseEn,
    feedback: feedbackEn,
    connectors: connectorsEn,
    flows: flowsEn,
    harPage: harPageEn,
    identity: identityEn,
    learning: learningEn,
    settings: settingsEn,
    site: siteEn,
    status: statusEn,
    widget: widgetEn,
    workspace: workspaceEn,
  },
  el: {
    assistant: assistantEl,
    brush: brushEl,
    case: caseEl,
    feedback: feedbackEl,
    connectors: connectorsEl,
    flows: flowsEl,
    harPage: harPageEl,
    identity: identityEl,
    learning: learningEl,
    settings: settingsEl,
    site: siteEl,
    status: statusEl,
    widget: widgetEl,
    workspace: workspaceEl,
  },
}

/** What the screens say, so that a journey finds a button by the words that a person sees on it. */
export type Words = {
  assistant: T<'assistant'>
  brush: T<'brush'>
  case: T<'case'>
  feedback: T<'feedback'>
  connectors: T<'connectors'>
  flows: T<'flows'>
  harPage: T<'har-page'>
  identity: T<'identity'>
  learning: T<'learning'>
  settings: T<'settings'>
  site: T<'site'>
  status: T<'status'>
  widget: T<'widget'>
  workspace: T<'workspace'>
}

export function wordsOf(locale: Locale): Words {
  const {
    assistant,
    brush,
    case: about,
    connectors,
    feedback,
    flows,
    harPage,
    identity,
    learning,
    settings,
    site,
    status,
    widget,
    workspace,
  } = catalogues[locale]
  return {
    assistant: createT(locale, assistant.catalogue),
    brush: createT(locale, brush.catalogue),
    case: createT(locale, about.catalogue),
    connectors: createT(locale, connectors.catalogue),
    feedback: createT(locale, feedback.catalogue),
    flows: createT(locale, flows.catalogue),
    harPage: createT(locale, harPage.catalogue),
    identity: createT(locale, identity.catalogue),
    learning: createT(locale, learning.catalogue),
    settings: createT(locale, settings.catalogue),
    site: createT(locale, site.catalogue),
    status: createT(locale, status.catalogue),
    widget: createT(locale, widget.catalogue),
    workspace: createT(locale, workspace.catalogue),
  }
}
