// The rules of the house that no ready-made linter knows. Loaded by oxlint, which speaks ESLint's plugin language.

const isNamed = (node, name) => node?.type === 'Identifier' && node.name === name
const isMember = (node, object, property) =>
  node?.type === 'MemberExpression' && isNamed(node.object, object) && isNamed(node.property, property)
const isFunction = (node) => node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression'
const rule = (create) => ({ meta: { type: 'problem', schema: [] }, create })

const noClock = rule((context) => {
  const report = (node) =>
    context.report({ node, message: 'Take the time from a clock that is passed in: ctx.clock.now().' })
  return {
    NewExpression: (node) => isNamed(node.callee, 'Date') && node.arguments.length === 0 && report(node),
    CallExpression: (node) => isNamed(node.callee, 'Date') && report(node),
    MemberExpression: (node) => (isMember(node, 'Date', 'now') || isMember(node, 'performance', 'now')) && report(node),
  }
})

const chance = new Set(['randomUUID', 'getRandomValues', 'randomBytes', 'randomInt'])

const noChance = rule((context) => {
  const report = (node) =>
    context.report({ node, message: 'Take ids and chance from what is passed in: ctx.ids.next().' })
  return {
    MemberExpression(node) {
      if (isMember(node, 'Math', 'random')) report(node)
      else if (
        chance.has(node.property.name) &&
        /^(node)?crypto$/i.test(node.object.name ?? node.object.property?.name ?? '')
      )
        report(node)
    },
    ImportSpecifier: (node) =>
      /^(node:)?crypto$/.test(node.parent.source.value) && chance.has(node.imported.name) && report(node),
  }
})

const txOnly = rule((context) => {
  let depth = 0
  const isWork = (node) =>
    isFunction(node) &&
    node.parent.type === 'CallExpression' &&
    node.parent.arguments.includes(node) &&
    isMember(node.parent.callee, 'ctx', 'transaction')
  const enter = (node) => {
    if (isWork(node)) depth += 1
  }
  const leave = (node) => {
    if (isWork(node)) depth -= 1
  }
  return {
    ArrowFunctionExpression: enter,
    FunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    'FunctionExpression:exit': leave,
    Identifier(node) {
      if (depth > 0 && node.name === 'ctx' && !isPropertyName(node))
        context.report({
          node,
          message:
            'Inside a transaction use tx: the outer ctx waits for another connection and sees none of your rows.',
        })
    },
  }
})

function isPropertyName(node) {
  const { parent } = node
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed
  return parent.type === 'Property' && parent.key === node && !parent.shorthand && !parent.computed
}

const useCaseAuthorizes = rule((context) => {
  let authorizes = false
  return {
    CallExpression({ callee }) {
      const name = callee.name ?? callee.property?.name ?? ''
      if (/^authorize([A-Z]|$)/.test(name)) authorizes = true
    },
    'Program:exit'(node) {
      if (!authorizes)
        context.report({ node, message: 'A use-case says who may call it: call authorize…() from policy.ts.' })
    },
  }
})

const sqlInRepositories = rule((context) => {
  const report = (node, what) =>
    context.report({ node, message: `${what} belongs to repository.ts: elsewhere the database handle stays closed.` })
  return {
    ImportDeclaration(node) {
      if (node.importKind === 'type') return
      if (/^(kysely|pg)($|\/)/.test(node.source.value)) report(node, node.source.value)
      for (const specifier of node.specifiers)
        if (specifier.imported?.name === 'sqlOf' && specifier.importKind !== 'type') report(specifier, 'sqlOf')
    },
    ImportExpression: (node) => /^(kysely|pg)($|\/)/.test(node.source.value ?? '') && report(node, node.source.value),
  }
})

const hostCookies = rule((context) => ({
  MemberExpression: (node) =>
    (isNamed(node.property, 'setCookie') || isNamed(node.property, 'clearCookie')) &&
    context.report({ node, message: 'Set cookies by setHostCookie(): Secure, HttpOnly and __Host- together.' }),
  CallExpression: ({ callee, arguments: [name] }) =>
    /^(header|setHeader|raw)$/.test(callee.property?.name ?? '') &&
    /^set-cookie$/i.test(name?.value ?? '') &&
    context.report({ node: name, message: 'Set cookies by setHostCookie(): Secure, HttpOnly and __Host- together.' }),
}))

const noEnum = rule((context) => ({
  TSEnumDeclaration: (node) => context.report({ node, message: 'Use a union of literals.' }),
}))

const noTimedTest = rule((context) => {
  const message =
    'How long something took says how fast the machine is and how busy. Ask growth() of @clew/testkit how the time grows, or count.'
  const report = (node) => context.report({ node, message })
  const isClock = ({ callee } = {}) =>
    isMember(callee, 'performance', 'now') || isMember(callee, 'Date', 'now') || isNamed(callee, 'monotonicMs')
  const isSpan = (node) => node?.type === 'BinaryExpression' && node.operator === '-' && isClock(node.left)
  return {
    MemberExpression: (node) =>
      (isMember(node, 'process', 'cpuUsage') || isMember(node, 'process', 'hrtime')) && report(node),
    // By `Date` a test also sets its clock.
    BinaryExpression: (node) => isSpan(node) && !isMember(node.left.callee, 'Date', 'now') && report(node),
    CallExpression: ({ callee, arguments: [given] }) =>
      isNamed(callee, 'expect') && isSpan(given) && isMember(given.left.callee, 'Date', 'now') && report(given),
  }
})

// oxlint takes a plugin from the default export only.
export default {
  meta: { name: 'clew' },
  rules: {
    'no-clock': noClock,
    'no-chance': noChance,
    'tx-only': txOnly,
    'use-case-authorizes': useCaseAuthorizes,
    'sql-in-repositories': sqlInRepositories,
    'host-cookies': hostCookies,
    'no-enum': noEnum,
    'no-timed-test': noTimedTest,
  },
}
