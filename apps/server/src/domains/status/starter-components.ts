import { SaveComponent } from '@clew/contract/status'
import { createT, type Locale, type T } from '@clew/i18n'
import * as greek from '@clew/i18n/generated/status.el'
import * as english from '@clew/i18n/generated/status.en'
import type { z } from 'zod'

export const statusWords: Readonly<Record<Locale, T<'status'>>> = {
  en: createT('en', english.catalogue),
  el: createT('el', greek.catalogue),
}

const starters = ['api', 'web_app', 'uploads', 'sign_in', 'help_centre'] as const

/** What most products have. The words of a symptom are separated by commas in the catalogue. */
export const starterComponents = (appHost: string): z.output<typeof SaveComponent>[] =>
  starters.map((slug, index) =>
    SaveComponent.parse({
      slug,
      names: inBoth((t) => t(`status.starter_${slug}`)),
      descriptions: inBoth((t) => t(`status.starter_${slug}_description`)),
      position: (index + 1) * 10,
      keywords: [statusWords.en, statusWords.el].flatMap((t) => t(`status.starter_${slug}_keywords`).split(/,\s*/)),
      hosts: slug === 'web_app' ? [appHost] : slug === 'api' ? [`api.${appHost.replace(/^(?:app|www)\./, '')}`] : [],
    }),
  )

const inBoth = (say: (t: T<'status'>) => string) => ({ en: say(statusWords.en), el: say(statusWords.el) })
