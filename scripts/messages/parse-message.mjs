// One ICU message → its syntax tree and the parameters it takes, or the reason why it cannot be used.
import { parse, SKELETON_TYPE, TYPE } from '@formatjs/icu-messageformat-parser'

const typeOf = {
  [TYPE.argument]: 'text',
  [TYPE.select]: 'choice',
  [TYPE.number]: 'number',
  [TYPE.plural]: 'number',
  [TYPE.date]: 'date',
  [TYPE.time]: 'date',
}

/** @returns {{ tree: object[], params: Map<string, string>, problem?: undefined } | { problem: string }} */
export function parseMessage(message, locale) {
  try {
    const tree = parse(message, { ignoreTag: true, shouldParseSkeletons: true, requiresOtherClause: true })
    const params = new Map()
    visit(tree, { params, locale })
    return { tree, params }
  } catch (error) {
    return { problem: error.message.toLowerCase().replaceAll('_', ' ') }
  }
}

function visit(tree, { params, locale }) {
  for (const node of tree) {
    const type = typeOf[node.type]
    if (type) note(params, node.value, type)
    if (node.type === TYPE.plural) needForms(node, locale)
    if (node.style?.type === SKELETON_TYPE.number && node.style.parsedOptions.scale !== undefined)
      throw new Error(`{${node.value}}: scale is not supported`)
    for (const branch of Object.values(node.options ?? {})) visit(branch.value, { params, locale })
  }
}

function note(params, name, type) {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw new Error(`{${name}}: name parameters in camelCase`)
  const before = params.get(name) ?? type
  if (before !== type && before !== 'text' && type !== 'text')
    throw new Error(`{${name}} is both a ${before} and a ${type}`)
  params.set(name, type === 'text' ? before : type)
}

function needForms(node, locale) {
  const needed = new Intl.PluralRules(locale, { type: node.pluralType }).resolvedOptions().pluralCategories
  for (const form of needed) if (!node.options[form]) throw new Error(`{${node.value}} lacks the plural form "${form}"`)
  for (const form of Object.keys(node.options))
    if (!form.startsWith('=') && !needed.includes(form))
      throw new Error(`{${node.value}}: ${locale} has no plural form "${form}"`)
}
