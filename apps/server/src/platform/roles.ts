import { createHmac } from 'node:crypto'
import type pg from 'pg'

/** The role of each scope. None can sign in; `clew_app` takes them on for one transaction. */
export const scopeRoles = ['clew_team', 'clew_organisation', 'clew_contact', 'clew_system'] as const

/**
 * SQL for an administrator who creates the roles by hand (`clew migrate --print-roles`), and for ourselves when we
 * may. Safe to run again.
 */
export function rolesSql(appPassword: string): string[] {
  const create = (role: string, attributes: string) =>
    `DO $$ BEGIN CREATE ROLE ${role} ${attributes}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`
  return [
    create('clew_owner', 'NOLOGIN'),
    create('clew_app', 'LOGIN NOINHERIT'),
    ...scopeRoles.map((role) => create(role, 'NOLOGIN')),
    `ALTER ROLE clew_app LOGIN NOINHERIT PASSWORD '${quoted(appPassword)}'`,
    `GRANT ${scopeRoles.join(', ')} TO clew_app`,
    // The administrator migrates as the owner and settles the epoch as the system.
    'GRANT clew_owner, clew_system TO CURRENT_USER',
  ]
}

export function ownershipSql(database: string): string[] {
  return [
    `GRANT CREATE, CONNECT, TEMPORARY ON DATABASE "${database.replaceAll('"', '""')}" TO clew_owner`,
    'GRANT CREATE, USAGE ON SCHEMA public TO clew_owner',
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    `GRANT USAGE ON SCHEMA public TO clew_app, ${scopeRoles.join(', ')}`,
  ]
}

const quoted = (text: string): string => text.replaceAll("'", "''")

/**
 * The password of `clew_app`, worked out from the administrator's, so that every process that knows one knows the
 * other and nothing more has to be configured.
 */
export const derivedAppPassword = (secret: string): string =>
  createHmac('sha256', secret).update('clew_app sign-in').digest('base64url')

/** What the signed-in role may do that it must not. */
export async function forbiddenPowers(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<{
    rolsuper: boolean
    rolbypassrls: boolean
    rolcreaterole: boolean
    owner: boolean
  }>(
    `SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, pg_has_role(r.oid, 'clew_owner', 'MEMBER') AS owner
       FROM pg_roles r WHERE r.rolname = session_user`,
  )
  const row = rows[0]
  if (!row) return ['unknown']
  return [
    row.rolsuper ? 'SUPERUSER' : '',
    row.rolbypassrls ? 'BYPASSRLS' : '',
    row.rolcreaterole ? 'CREATEROLE' : '',
    row.owner ? 'membership in clew_owner' : '',
  ].filter((power) => power !== '')
}
