import type { Recipe } from './plant.ts'
import { BODY_RECIPES } from './recipes-bodies.ts'
import { FIELD_RECIPES } from './recipes-fields.ts'
import { HEADER_RECIPES } from './recipes-headers.ts'
import { URL_RECIPES } from './recipes-urls.ts'

/** Every kind of place in which the suite plants a secret. */
export const RECIPES: readonly Recipe[] = [...HEADER_RECIPES, ...URL_RECIPES, ...BODY_RECIPES, ...FIELD_RECIPES]
