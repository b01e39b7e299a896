// A repository names the tables of its own room only (house, rule 7). Views are there to be read by others.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../run/say.mjs'

/** @returns {string[]} one line for each foreign table that a repository names. */
export function tables(folder = root) {
  const server = path.join(folder, 'apps/server')
  const { owners, problems } = readOwners(path.join(server, 'migrations'))
  const repositories = findRepositories(path.join(server, 'src'))
  if (repositories.length > 0 && owners.size === 0) problems.push('apps/server/migrations: no table was found')
  for (const file of repositories) {
    const room = roomOf(path.relative(path.join(server, 'src'), file))
    for (const table of tablesNamed(readFileSync(file, 'utf8')))
      if (owners.has(table) && owners.get(table) !== room)
        problems.push(`${path.relative(folder, file)}: ${table} belongs to ${owners.get(table)}`)
  }
  return problems
}

/** Every migration says whose tables follow: `-- room: name`, first on line one. */
function readOwners(folder) {
  const owners = new Map()
  const problems = []
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : []
  for (const name of files) {
    let room
    for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n')) {
      room = /^-- room: ([a-z-]+)\s*$/.exec(line)?.[1] ?? room
      if (!room) {
        problems.push(`apps/server/migrations/${name}: the first line must be "-- room: <name>"`)
        break
      }
      const table = /^\s*CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?([a-z_]+)"?/i.exec(line)?.[1]
      if (table) owners.set(table, room)
    }
  }
  return { owners, problems }
}

function findRepositories(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((name) => /repository[^/]*\.ts$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => path.join(folder, name))
}

const roomOf = (file) => /^domains\/([^/]+)\//.exec(file)?.[1] ?? 'platform'

const builderCall =
  /\b(?:selectFrom|insertInto|replaceInto|updateTable|deleteFrom|mergeInto|from|using|\w*[jJ]oin|table|ref)\(\s*\[?((?:\s*['"`][a-z_ .]+['"`]\s*,?)+)/g
const sqlPhrase = /\b(?:from|join|update|into|table|using|truncate)\s+(?:only\s+)?"?([a-z_]+)"?/gi

export function tablesNamed(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
  const quoted = [...code.matchAll(builderCall)].flatMap(([, list]) =>
    [...list.matchAll(/['"`]\s*([a-z_]+)/g)].map(([, name]) => name),
  )
  const inSql = [...code.matchAll(sqlPhrase)].map(([, name]) => name.toLowerCase())
  return [...new Set([...quoted, ...inSql])]
}
