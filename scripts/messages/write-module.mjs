// A parsed catalogue → the text of a TypeScript module: strings where nothing varies, small functions where something does.
import { TYPE } from '@formatjs/icu-messageformat-parser'

const header = '// Generated from packages/i18n/catalogues by scripts/build-messages.mjs.\n'
const tsTypeOf = { text: 'TextParam', choice: 'string', number: 'number', date: 'Date | number' }

export function catalogueModule(namespace, messages) {
  const lines = [...messages].map(([key, { tree, params }]) => `    ${quote(key)}: ${messageSource(tree, params)},\n`)
  return `${header}import type { Catalogue } from '../catalogue.ts'

export const catalogue: Catalogue<${quote(namespace)}> = {
  namespace: ${quote(namespace)},
  messages: {
${lines.join('')}  },
}
`
}

export function keysModule(namespaces) {
  const blocks = [...namespaces].map(([namespace, byLocale]) => {
    const lines = [...byLocale.en].map(([key, { params }]) => `    ${quote(key)}: ${paramsType(params)}\n`)
    return `  ${quote(namespace)}: {\n${lines.join('')}  }\n`
  })
  return `${header}import type { TextParam } from '../params.ts'

/** What each message takes, by namespace and key. */
export type MessageParams = {
${blocks.join('')}}
`
}

/** Every catalogue at once: for the server, which speaks all languages and ships nothing. */
export function allModule(namespaces, locales) {
  const names = [...namespaces.keys()]
  const imports = locales.flatMap((locale) =>
    names.map((name) => `import { catalogue as ${identifier(name, locale)} } from './${name}.${locale}.ts'\n`),
  )
  const blocks = locales.map(
    (locale) => `  ${locale}: { ${names.map((name) => `${quote(name)}: ${identifier(name, locale)}`).join(', ')} },\n`,
  )
  return `${header}${imports.join('')}\nexport const catalogues = {\n${blocks.join('')}}\n`
}

const identifier = (namespace, locale) => `${namespace.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}_${locale}`

function paramsType(params) {
  if (params.size === 0) return 'undefined'
  return `{ ${[...params].map(([name, type]) => `${name}: ${tsTypeOf[type]}`).join('; ')} }`
}

function messageSource(tree, params) {
  if (params.size === 0) return textSource(tree)
  const usesFormat = /\bf\./.test(textSource(tree))
  return `(p${usesFormat ? ', f' : ''}) => ${textSource(tree)}`
}

function textSource(tree, pound) {
  if (tree.every((node) => node.type === TYPE.literal)) return quote(tree.map((node) => node.value).join(''))
  const parts = tree.map((node) =>
    node.type === TYPE.literal ? node.value.replace(/[`\\]|\$(?=\{)/g, '\\$&') : `\${${valueSource(node, pound)}}`,
  )
  return parts.length === 1 ? valueSource(tree[0], pound) : `\`${parts.join('')}\``
}

function valueSource(node, pound) {
  const value = `p.${node.value}`
  switch (node.type) {
    case TYPE.argument:
      return `f.text(${value})`
    case TYPE.number:
      return call('number', value, numberOptions(node.style))
    case TYPE.date:
      return call('date', value, dateOptions(node.style, 'dateStyle'))
    case TYPE.time:
      return call('date', value, dateOptions(node.style, 'timeStyle'))
    case TYPE.pound:
      return `f.number(${pound})`
    case TYPE.select:
      return `f.select(${value}, ${branchesSource(node.options, pound)})`
    case TYPE.plural: {
      const branches = branchesSource(node.options, node.offset ? `${value} - ${node.offset}` : value)
      const options = [
        node.offset ? `offset: ${node.offset}` : '',
        node.pluralType === 'ordinal' ? `type: 'ordinal'` : '',
      ].filter(Boolean)
      const rest = options.length > 0 ? `, { ${options.join(', ')} }` : ''
      return `f.plural(${value}, ${branches}${rest})`
    }
    default:
      throw new Error(`unexpected part of a message: ${TYPE[node.type]}`)
  }
}

const branchesSource = (options, pound) =>
  `{ ${Object.entries(options)
    .map(([name, { value }]) => `${propertyName(name)}: ${textSource(value, pound)}`)
    .join(', ')} }`

function numberOptions(style) {
  if (!style) return undefined
  if (typeof style === 'object') return style.parsedOptions
  if (style === 'percent') return { style: 'percent' }
  if (style === 'integer') return { maximumFractionDigits: 0 }
  throw new Error(`unknown number style: ${style}`)
}

function dateOptions(style, kind) {
  if (typeof style === 'object' && style) return style.parsedOptions
  if (!style) return { [kind]: kind === 'dateStyle' ? 'medium' : 'short' }
  if (!['short', 'medium', 'long', 'full'].includes(style)) throw new Error(`unknown date or time style: ${style}`)
  return { [kind]: style }
}

const call = (name, value, options) => `f.${name}(${value}${options ? `, ${JSON.stringify(options)}` : ''})`
const propertyName = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : quote(name))
const quote = (text) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
