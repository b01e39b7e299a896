import { createT, type Locale, type T } from '@clew/i18n'
import * as assistantEl from '@clew/i18n/generated/assistant.el'
import * as assistantEn from '@clew/i18n/generated/assistant.en'
import * as harPageEl from '@clew/i18n/generated/har-page.el'
import * as harPageEn from '@clew/i18n/generated/har-page.en'
import * as siteEl from '@clew/i18n/generated/site.el'
import * as siteEn from '@clew/i18n/generated/site.en'
import * as widgetEl from '@clew/i18n/generated/widget.el'
import * as widgetEn from '@clew/i18n/generated/widget.en'
import * as workspaceEl from '@clew/i18n/generated/workspace.el'
import * as workspaceEn from '@clew/i18n/generated/workspace.en'

const catalogues = {
  en: { assistant: assistantEn, harPage: harPageEn, site: siteEn, widget: widgetEn, workspace: workspaceEn },
  el: { assistant: assistantEl, harPage: harPageEl, site: siteEl, widget: widgetEl, workspace: workspaceEl },
}

/** What the screens say, so that a journey finds a button by the words that a person sees on it. */
export type Words = {
  assistant: T<'assistant'>
  harPage: T<'har-page'>
  site: T<'site'>
  widget: T<'widget'>
  workspace: T<'workspace'>
}

export function wordsOf(locale: Locale): Words {
  const { assistant, harPage, site, widget, workspace } = catalogues[locale]
  return {
    assistant: createT(locale, assistant.catalogue),
    harPage: createT(locale, harPage.catalogue),
    site: createT(locale, site.catalogue),
    widget: createT(locale, widget.catalogue),
    workspace: createT(locale, workspace.catalogue),
  }
}
