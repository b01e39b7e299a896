import { createT } from '@clew/i18n'
import * as cliEn from '@clew/i18n/generated/cli.en'

/** What the command line says. */
export const say = createT('en', cliEn.catalogue)
