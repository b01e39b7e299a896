// Looking for words in what people wrote goes through an index of everybody's rows. So each such query is listed here
// with the scope that it runs in; it is asked in a transaction, which has one, and says the owner itself as well.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../run/say.mjs'

const organisation = 'clew_organisation'

/** `owner`: what the query itself goes by. One that is only a part of a query says what the whole of it goes by. */
export const searches = {
  'domains/audit/repository.search.ts:says': { scope: organisation, owner: 'e.organisation_id' },
  'domains/contacts/repository.holding.ts:findContactsLike': {
    scope: 'clew_system',
    owner: 'isOf(owner, sql`organisation_id`)',
  },
  'domains/conversations/repository.keeping.ts:findConversationsLike': {
    scope: 'clew_system',
    owner: 'isOf(owner, sql`c.organisation_id`)',
  },
  'domains/conversations/repository.search.ts:findByWords': {
    scope: 'clew_team',
    why: 'those who answer are asked by everybody, whatever organisation they come from; nobody else asks it',
  },
  'domains/files/repository.ts:listFilesFrom': { scope: 'clew_system', owner: "'contact_id', '='" },
  'domains/organisations/repository.domains.ts:isAt': {
    scope: organisation,
    why: 'members and domains are joined by organisation, for one domain of it',
  },
  'domains/organisations/repository.leaving.ts:findEverMembersLike': {
    scope: 'clew_system',
    owner: "'organisation_id', '='",
  },
  'domains/organisations/repository.leaving.ts:forgetMentions': {
    scope: 'clew_system',
    owner: 'organisation_id = ${organisationId}',
  },
  'domains/organisations/repository.members.ts:found': { scope: organisation, owner: "'members.organisation_id', '='" },
  'domains/provisioning/repository.leaving.ts:forgetProvisioned': {
    scope: 'clew_system',
    owner: 'r.organisation_id = ${leaver.organisationId}',
  },
  'domains/provisioning/repository.narrow.ts:comparesText': {
    scope: organisation,
    why: 'a filter of SCIM, which searchFor puts behind the connection that asks',
  },
}

const searching =
  /@@|\bto_tsquery\b|\b\w*to_tsquery\(|\bts_rank|\bsimilarity\(|<->|<=>|<#>|%>|\bfoldedLike\(|\bstrpos\(|\bilike\b|\blike\b/i

/** @returns {string[]} one line for each search that is not listed, and for each listed one that is not there. */
export function looks(folder = root, listed = searches) {
  const server = path.join(folder, 'apps/server/src')
  const found = new Map()
  for (const file of repositories(server))
    for (const [name, text] of searchesIn(readFileSync(path.join(server, file), 'utf8')))
      found.set(`${String(file)}:${String(name)}`, text)
  const problems = []
  for (const [place, text] of found) {
    const { owner, why } = listed[place] ?? {}
    if (!listed[place]) problems.push(`${place} looks for words: say in scripts/check/searches.mjs in which scope`)
    else if (owner === undefined ? !why : !text.includes(owner))
      problems.push(`${place} does not say whose rows it looks through`)
  }
  for (const place of Object.keys(listed))
    if (!found.has(place)) problems.push(`${place} is listed, and looks for nothing`)
  return problems
}

const repositories = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .filter((name) => /repository[^/]*\.ts$/.test(name) && !name.endsWith('.test.ts'))
        .sort((a, b) => a.localeCompare(b))
    : []

/** Each function of a source that searches, with its text. */
export function searchesIn(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
  const parts = code.split(/^(?=(?:export )?(?:async )?(?:function\*? |const ))/m)
  return parts.flatMap((text) => {
    const name = /^(?:export )?(?:async )?(?:function\*? |const )(\w+)/.exec(text)?.[1]
    return name !== undefined && searching.test(text) ? [[name, text]] : []
  })
}
