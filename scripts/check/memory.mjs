// What a process of the server keeps from one request to the next is said in kept.mjs: by whom it is kept apart, and why
// nobody meets another's there. What is not said fails; what is said and not there any more fails too.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from '@swc/core'
import { root } from '../run/say.mjs'
import { kept } from './kept.mjs'

/** @returns {string[]} one line for each place that keeps something without saying so, or says so and keeps nothing. */
export function memory(folder = root, said = kept) {
  const server = path.join(folder, 'apps/server/src')
  const found = sources(server).flatMap((file) => keptIn(readFileSync(path.join(server, file), 'utf8'), file))
  const places = new Set(found)
  const problems = []
  for (const place of places)
    if (!said[place]) problems.push(`${place} is kept between requests: say in scripts/check/kept.mjs by whom, and why`)
  for (const [place, { by, why }] of Object.entries(said)) {
    if (!places.has(place)) problems.push(`${place} is said to be kept, and is not there`)
    if (!owners.has(by) || why.length < 20)
      problems.push(`${place}: say by whom it is kept apart, and why that is enough`)
  }
  return problems
}

const owners = new Set(['organisation', 'contact', 'conversation', 'session', 'connection', 'request', 'nobody'])

function sources(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !/\.(test|d)\.ts$|(^|\/)(testkit|testing|evaluation|demo)\//.test(name))
    .sort((a, b) => a.localeCompare(b))
}

const changing = new Set(['set', 'add', 'push', 'unshift', 'splice', 'delete', 'clear', 'pop', 'shift'])
const atOnce =
  /^(Promise|forEach|map|flatMap|filter|some|every|find|findIndex|findLast|reduce|sort|toSorted|then|catch|finally|transaction|replaceAll|replace)$/
const later = /^(get|post|put|patch|all|route|addHook|addContentTypeParser)$/

/** @returns {string[]} `file:name` for each variable and class of a source that outlives a call. */
export function keptIn(source, file) {
  const tree = parseSync(source, { syntax: 'typescript', tsx: false, target: 'es2022' })
  const variables = new Map()
  const classes = []
  const changes = []
  visit(tree, { functions: [] }, { variables, classes, changes })
  const names = [
    ...[...variables.values()].filter(({ of, kind }) => of === undefined && kind === 'let').map(({ name }) => name),
    ...changes.flatMap(({ id, from }) => {
      const known = variables.get(id)
      return known && isKept(known, from) ? [known.name] : []
    }),
    ...classes.filter(({ body }) => body.some(isState)).map(({ identifier }) => `class ${identifier?.value ?? '?'}`),
  ]
  return [...new Set(names)].map((name) => `${file}:${name}`)
}

/** A variable of the module that is changed, or one of a function that outlives its call. */
const isKept = (known, from) =>
  known.of === undefined ? from.length > 0 || known.kind !== 'let' : outlives(known, from)

/** A class that has something to change, or to fill, lives as long as its instance: which may be one request. */
function isState({ type, isStatic, readonly, value, declare }) {
  if (!/^(Private|Class)Property$/.test(type) || isStatic || declare) return false
  if (!readonly) return true
  return value?.type === 'NewExpression' && /^(Weak)?(Map|Set)$/.test(value.callee.value)
}

/** Changed in a function that whoever declared it gives away: by what it returns, or to the web server. */
function outlives({ of, depth }, from) {
  const inner = from.slice(depth)
  if (inner.length === 0 || inner.some(({ isAtOnce }) => isAtOnce)) return inner.some(({ isLater }) => isLater)
  return inner.some(({ isLater }) => isLater) || givesFunctions(of)
}

const isFunction = (node) => /^(ArrowFunction|Function)Expression$/.test(node?.type)

function givesFunctions(of) {
  const own = new Set()
  const given = []
  const look = (node, isTop) => {
    if (!node || typeof node !== 'object') return
    if (Array.isArray(node)) return node.forEach((each) => look(each, false))
    if (node.type === 'FunctionDeclaration' || (isFunction(node) && !isTop)) {
      if (node.identifier) own.add(node.identifier.value)
      return
    }
    if (node.type === 'VariableDeclarator' && isFunction(node.init)) own.add(node.id.value)
    if (node.type === 'ReturnStatement') given.push(node.argument)
    for (const value of Object.values(node)) look(value, false)
  }
  look(of.body, false)
  if (of.type === 'ArrowFunctionExpression' && of.body.type !== 'BlockStatement') given.push(of.body)
  const holds = (node) => {
    if (!node || typeof node !== 'object') return false
    if (Array.isArray(node)) return node.some(holds)
    if (isFunction(node) || node.type === 'MethodProperty' || node.type === 'GetterProperty') return true
    if (node.type === 'Identifier') return own.has(node.value)
    if (node.type === 'CallExpression') return node.arguments.some(({ expression }) => isFunction(expression))
    if (node.type === 'ObjectExpression') return node.properties.some(holds)
    if (node.type === 'KeyValueProperty') return holds(node.value)
    return (
      /^(Parenthesis|As|TsAs|TsSatisfies|Conditional|Await)Expression$/.test(node.type) &&
      Object.values(node).some(holds)
    )
  }
  return given.some(holds)
}

const idOf = (node) => `${node.value}#${node.ctxt}`
const isCall = ({ type }) => type === 'CallExpression' || type === 'NewExpression'
const isBody = ({ type }) =>
  /^(ArrowFunctionExpression|Function(Expression|Declaration)|(Private|Class)Method|Constructor|MethodProperty|[GS]etterProperty)$/.test(
    type,
  )

function visit(node, where, found) {
  if (!node || typeof node !== 'object') return
  if (Array.isArray(node)) {
    for (const each of node) visit(each, where, found)
    return
  }
  collect(node, where, found)
  const functions = isBody(node) ? [...where.functions, { node, ...where.passed }] : where.functions
  for (const [field, value] of Object.entries(node)) {
    if (isCall(node) && field === 'arguments')
      for (const { expression } of value ?? []) visit(expression, { functions, passed: passedTo(node.callee) }, found)
    else visit(value, { functions, passed: undefined }, found)
  }
}

/** A function that is handed over is called at once by some, and much later by others. */
function passedTo(callee) {
  const name = callee.property?.value ?? callee.value ?? ''
  return { isAtOnce: atOnce.test(name), isLater: later.test(name) }
}

function collect(node, { functions }, found) {
  if (node.type === 'VariableDeclaration') note(node, functions, found)
  if (/^Class(Declaration|Expression)$/.test(node.type)) found.classes.push(node)
  const changed = changedBy(node)
  if (changed) found.changes.push({ id: idOf(changed), from: functions })
  // An empty collection is there to be filled, by whomever it is handed to.
  if (node.type === 'Identifier' && found.variables.get(idOf(node))?.isEmpty)
    found.changes.push({ id: idOf(node), from: functions })
}

function note({ kind, declarations }, functions, { variables }) {
  for (const { id, init } of declarations) {
    if (id.type !== 'Identifier') continue
    const isEmpty =
      init?.type === 'NewExpression' && /^(Weak)?(Map|Set)$/.test(init.callee.value) && !init.arguments?.length
    const of = functions.at(-1)?.node
    variables.set(idOf(id), { name: id.value, kind, of, depth: functions.length, isEmpty })
  }
}

/** The variable that an expression changes: by a method of a collection, by giving it or a part of it another value. */
function changedBy(node) {
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
    return changing.has(node.callee.property.value) ? plain(node.callee.object) : undefined
  if (node.type === 'AssignmentExpression') return plain(node.left)
  if (node.type === 'UpdateExpression') return plain(node.argument)
  return undefined
}

const plain = (node) =>
  node?.type === 'Identifier' ? node : node?.type === 'MemberExpression' ? plain(node.object) : undefined
