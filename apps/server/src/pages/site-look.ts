import type { Locale } from '@clew/i18n'
import type { Site } from '@clew/site'
import { accentOf } from '@clew/ui/accent'
import { hoursLine, type SettingsNow } from '../domains/organisations/index.ts'
import { logoPath, themePath } from '../look.ts'

type Look = Pick<Site, 'brand' | 'offered' | 'defaultLocale' | 'widgetSrc' | 'widgetLook' | 'supportHoursText'>

/** What the team's settings make of every public page. */
export function siteLook(
  { brand, bubble, languages, opening }: SettingsNow,
  { locale, root, now }: { locale: Locale; root: string; now: Date },
): Look {
  // Readers are anonymous and pages are shared, so times are the team's and say so.
  const hours = opening && hoursLine(opening, { locale, now, timeZone: undefined })
  return {
    brand: {
      name: brand.name,
      ...(brand.logo === undefined ? {} : { logo: `${root}${logoPath(brand.logo)}` }),
      ...(brand.accent === undefined ? {} : { stylesheet: `${root}${themePath(brand.accent)}` }),
    },
    offered: languages.offered,
    defaultLocale: languages.default,
    ...(bubble.onHelpCentre ? { widgetSrc: `${root}/clew.js` } : {}),
    widgetLook: {
      ...(bubble.side === 'left' ? { side: 'left' } : {}),
      ...(brand.accent === undefined ? {} : { accent: accentOf(brand.accent).light.accent }),
    },
    ...(hours === undefined ? {} : { supportHoursText: hours }),
  }
}
