import { isObject, type JsonObject, type JsonValue } from '../types.ts'
import { makeCapture, makeEntry } from './base-capture.ts'
import { DECOYS, type Decoy } from './decoys.ts'
import type { Recipe } from './plant.ts'
import { createRandom, type Random } from './random.ts'
import { RECIPES } from './recipes.ts'
import { makeSecret, type Secret, type Tier } from './secrets.ts'
import { compareEntry, emptyCounts, type UtilityCounts, utilityOf } from './utility.ts'
import { isReadable, readableViews } from './views.ts'

/** A capture with secrets and decoys in it, and where each of them is. */
export interface PlantedCapture {
  har: JsonObject
  plants: { recipe: Recipe; secret: Secret }[]
  decoys: { decoy: Decoy; value: string; index: number }[]
}

/** A made-up capture with one plant of every kind and every decoy, each in an entry of its own. */
export function plantGenerated(seed: number): PlantedCapture {
  const random = createRandom(seed)
  const entries = RECIPES.map(() => makeEntry(random))
  return plantInto(makeCapture([...entries, ...DECOYS.map(() => makeEntry(random))]), random)
}

/** Plants into the entries of a real capture; where there are too few, into copies of them at the end. */
export function plantInto(har: JsonObject, random: Random): PlantedCapture {
  const entries = entriesOf(har)
  const originals = entries.filter(isObject).map((entry) => JSON.stringify(entry))
  const blank = (): JsonObject => JSON.parse(random.pick(originals)) as JsonObject
  const take = (index: number): JsonObject => {
    const known = entries[index]
    if (isObject(known)) return known
    const fresh = blank()
    entries[index] = fresh
    return fresh
  }
  const plants = RECIPES.map((recipe, i) => {
    const secret = makeSecret(recipe.kind, random)
    recipe.plant(take(i), secret)
    return { recipe, secret }
  })
  const decoys = DECOYS.map((decoy, i) => {
    const index = RECIPES.length + i
    const value = decoy.make(random)
    decoy.plant(take(index), value)
    return { decoy, value, index }
  })
  return { har, plants, decoys }
}

export function entriesOf(har: JsonObject): JsonValue[] {
  const log = har['log']
  const entries = isObject(log) ? log['entries'] : undefined
  if (!Array.isArray(entries)) throw new TypeError('score.no_entries')
  return entries
}

export interface Score {
  recall: Record<Tier, { gone: number; total: number }>
  leaks: string[]
  decoys: { kept: number; total: number }
  lostDecoys: string[]
  utility: UtilityCounts
}

export function emptyScore(): Score {
  const tier = (): Score['recall'][Tier] => ({ gone: 0, total: 0 })
  return {
    recall: { credential: tier(), token: tier(), pii: tier() },
    leaks: [],
    decoys: { kept: 0, total: 0 },
    lostDecoys: [],
    utility: emptyCounts(),
  }
}

/** Adds what one clean file is worth. Throws when a plant could not be seen before, for then its absence proves nothing. */
export function scoreInto(score: Score, planted: PlantedCapture, cleanText: string): void {
  const before = readableViews(JSON.stringify(planted.har))
  const after = readableViews(cleanText)
  for (const { recipe, secret } of planted.plants) {
    for (const wanted of secret.wanted) {
      if (!isReadable(before, wanted)) throw new Error(`score.plant_not_readable: ${recipe.id}`)
      const tier = score.recall[recipe.tier]
      tier.total += 1
      if (isReadable(after, wanted)) score.leaks.push(recipe.id)
      else tier.gone += 1
    }
  }
  const clean = entriesOf(JSON.parse(cleanText) as JsonObject)
  scoreDecoys(score, planted, clean)
  scoreUtility(score, planted, clean)
}

function scoreDecoys(score: Score, planted: PlantedCapture, clean: JsonValue[]): void {
  for (const { decoy, value, index } of planted.decoys) {
    score.decoys.total += 1
    if (readableViews(JSON.stringify(clean[index] ?? null)).includes(value.toLowerCase())) score.decoys.kept += 1
    else score.lostDecoys.push(decoy.id)
  }
}

function scoreUtility(score: Score, planted: PlantedCapture, clean: JsonValue[]): void {
  const secrets = planted.plants.flatMap(({ secret }) => [secret.value, ...secret.wanted])
  const isPlanted = (text: string): boolean => {
    const views = readableViews(JSON.stringify(text))
    return secrets.some((secret) => isReadable(views, secret))
  }
  for (const [index, entry] of entriesOf(planted.har).entries()) {
    const copy = clean[index]
    if (isObject(entry)) compareEntry(score.utility, [entry, isObject(copy) ? copy : {}], isPlanted)
  }
}

/** The four bars of the suite, each as a share. */
export function sharesOf(score: Score): Record<Tier | 'utility' | 'decoys', number> {
  const shareOf = (tier: Tier): number => score.recall[tier].gone / Math.max(1, score.recall[tier].total)
  return {
    credential: shareOf('credential'),
    token: shareOf('token'),
    pii: shareOf('pii'),
    utility: utilityOf(score.utility),
    decoys: score.decoys.kept / Math.max(1, score.decoys.total),
  }
}
