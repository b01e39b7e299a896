// Which way things point: the numbers are those of "Which way things point" in the house.
const rooms = require('./apps/server/domains.order.json')

const domains = '^apps/server/src/domains/'
const tests = '\\.test\\.tsx?$'
const installed = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core']

const neverUp = rooms.slice(0, -1).map((room, i) => ({
  name: `4-${room}-looks-down-only`,
  comment: 'A room knows only the rooms below it in domains.order.json; upward, emit an event.',
  severity: 'error',
  from: { path: `${domains}${room}/`, pathNot: tests },
  to: { path: `${domains}(${rooms.slice(i + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    {
      name: '1-packages-never-import-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: '1-apps-never-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: '2-redact-and-har-run-anywhere',
      comment: 'No third-party package and no Node module: they run in a browser, a worker, a terminal.',
      severity: 'error',
      from: { path: '^packages/(redact|har)/', pathNot: tests },
      to: { dependencyTypes: installed },
    },
    {
      name: '2-redact-stands-alone',
      severity: 'error',
      from: { path: '^packages/redact/', pathNot: tests },
      to: { path: '^packages/', pathNot: '^packages/redact/' },
    },
    {
      name: '2-har-knows-redact-only',
      severity: 'error',
      from: { path: '^packages/har/', pathNot: tests },
      to: { path: '^packages/', pathNot: '^packages/(har|redact)/' },
    },
    {
      name: '3-platform-knows-no-room',
      severity: 'error',
      from: { path: '^apps/server/src/platform/', pathNot: tests },
      to: { path: domains },
    },
    {
      name: '4-enter-by-the-door',
      comment: 'A room is called through its index.ts.',
      severity: 'error',
      from: { path: `${domains}([^/]+)/`, pathNot: tests },
      to: { path: `${domains}[^/]+/`, pathNot: [`${domains}$1/`, `${domains}[^/]+/index\\.ts$`] },
    },
    {
      name: '4-known-rooms-only',
      comment: 'Name the room in domains.order.json, where it belongs in the order.',
      severity: 'error',
      from: {},
      to: { path: `${domains}[^/]+/`, pathNot: `${domains}(${rooms.join('|')})/` },
    },
    ...neverUp,
    {
      name: '5-core-knows-no-web',
      severity: 'error',
      from: { path: `${domains}[^/]+/(use-cases/|model|policy|repository|views|jobs|subscribers)`, pathNot: tests },
      to: { path: ['(^|/)node_modules/(fastify|@fastify)/', '^apps/server/src/platform/http'] },
    },
    {
      name: '5-models-are-pure-but-for-types',
      comment: 'A model imports packages and other models, nothing else but types.',
      severity: 'error',
      from: { path: `${domains}[^/]+/model`, pathNot: tests },
      to: { pathNot: ['^packages/', '/model[^/]*$'] },
    },
    {
      name: '6-sql-lives-in-repositories-but-for-types',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: ['repository[^/]*\\.ts$', tests, '/platform/', '/testkit/'] },
      to: {
        path: ['(^|/)node_modules/(kysely|pg)/', '^apps/server/src/platform/sql\\.ts$'],
      },
    },
    {
      name: '8-no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'What cannot be resolved cannot be checked.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.(css|svg|woff2|png)' },
    },
  ],
  options: {
    // With TypeScript 7 the default parser reads nothing, and reports success.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages|apps)/[^/]+/(dist|coverage)/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
}
