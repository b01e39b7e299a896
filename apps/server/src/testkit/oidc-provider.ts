import { createServer, type IncomingMessage, request as requestHttp, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { type AdapterPayload, Provider } from 'oidc-provider'

/** What somebody is said to be. */
export type OidcPerson = { email?: string; email_verified?: boolean | string; name?: string; groups?: string[] }

/** What a forger makes of the answer of the token endpoint. */
export type Tamper = (
  tokens: Record<string, unknown>,
  forge: Forge,
) => Record<string, unknown> | Promise<Record<string, unknown>>

export type Forge = {
  /** The claims as the provider signed them. */
  claims: JWTPayload
  /** With the provider's own key. */
  sign(claims: JWTPayload): Promise<string>
  /** With a key that the provider does not publish, under the id of one that it does. */
  signWithOther(claims: JWTPayload): Promise<string>
  /** By HMAC, with what is public: the confusion of HS256 with RS256. */
  signByHmac(claims: JWTPayload, secret: Uint8Array): Promise<string>
  unsigned(claims: JWTPayload): string
  publicKeyPem: string
}

export type TestProvider = {
  issuer: string
  host: string
  people: Map<string, OidcPerson>
  /** Registers a client that comes back to one address. */
  register(client: { id: string; secret: string; redirectUri: string }): void
  tamper: Tamper | undefined
  close(): Promise<void>
}

const kid = 'current'

/** A real OpenID provider on loopback, behind a front that can change what the token endpoint answers. */
export async function startOidcProvider(): Promise<TestProvider> {
  const keys = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256', { extractable: true })
  const people = new Map<string, OidcPerson>()
  const clients = new Map<string, AdapterPayload>()
  const front = createServer()
  const issuer = await listen(front)
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(keys.privateKey)), kid, alg: 'RS256', use: 'sig' }] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
    adapter: adapterOf(clients),
  })
  const inner = createServer()
  const innerUrl = new URL(await listen(inner))
  inner.on('request', (request, response) => {
    void answer(provider, request, response)
  })

  const test: TestProvider = {
    issuer,
    host: new URL(issuer).host,
    people,
    register: ({ id, secret, redirectUri }) => {
      clients.set(id, {
        client_id: id,
        client_secret: secret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      })
    },
    tamper: undefined,
    close: async () => {
      await Promise.all([stop(front), stop(inner)])
    },
  }
  const publicKeyPem = Buffer.from(JSON.stringify(await exportJWK(keys.publicKey))).toString()
  const header = { alg: 'RS256', kid, typ: 'JWT' } as const
  const forgeOf = (claims: JWTPayload): Forge => ({
    claims,
    sign: (changed) => new SignJWT(changed).setProtectedHeader(header).sign(keys.privateKey),
    signWithOther: (changed) => new SignJWT(changed).setProtectedHeader(header).sign(other.privateKey),
    signByHmac: (changed, secret) =>
      new SignJWT(changed).setProtectedHeader({ alg: 'HS256', kid, typ: 'JWT' }).sign(secret),
    unsigned: (changed) => new UnsecuredJWT(changed).encode(),
    publicKeyPem,
  })
  front.on('request', (request, response) => {
    pass(request, response, { to: innerUrl, test, forgeOf })
  })
  return test
}

/** What the provider remembers: clients that were registered, and everything else in memory. */
function adapterOf(clients: ReadonlyMap<string, AdapterPayload>) {
  const store = new Map<string, AdapterPayload>()
  return (kind: string) => {
    const key = (id: string): string => `${kind}:${id}`
    return {
      find: async (id: string) => (kind === 'Client' ? clients.get(id) : store.get(key(id))),
      findByUid: async (uid: string) => [...store.values()].find((each) => each['uid'] === uid),
      findByUserCode: async () => undefined,
      upsert: async (id: string, payload: AdapterPayload) => void store.set(key(id), { ...payload }),
      consume: async (id: string) => {
        const found = store.get(key(id))
        if (found) found['consumed'] = 1
      },
      destroy: async (id: string) => void store.delete(key(id)),
      revokeByGrantId: async (grantId: string) => {
        for (const [name, each] of store) if (each['grantId'] === grantId) store.delete(name)
      },
    }
  }
}

async function answer(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  if (!path.startsWith('/interaction/')) return provider.callback()(request, response)
  // Whoever comes is who the hint says, and agrees to everything.
  const details = await provider.interactionDetails(request, response)
  const account = String(details.params['login_hint'] ?? 'nobody')
  const grant = new provider.Grant({ accountId: account, clientId: String(details.params['client_id']) })
  grant.addOIDCScope('openid email profile')
  const grantId = await grant.save()
  if (account === 'declines@halcyon.example')
    return provider.interactionFinished(request, response, {
      error: 'access_denied',
      error_description: 'They said no.',
    })
  return provider.interactionFinished(request, response, { login: { accountId: account }, consent: { grantId } })
}

type Passing = { to: URL; test: TestProvider; forgeOf(claims: JWTPayload): Forge }

function pass(request: IncomingMessage, response: ServerResponse, { to, test, forgeOf }: Passing): void {
  const options = {
    host: to.hostname,
    port: to.port,
    method: request.method,
    path: request.url,
    headers: request.headers,
  }
  const onward = requestHttp(options, (answered) => {
    const pieces: Buffer[] = []
    answered.on('data', (piece: Buffer) => pieces.push(piece))
    answered.on('end', () => {
      void (async () => {
        let body = Buffer.concat(pieces)
        const isToken = request.url === '/token' && answered.statusCode === 200
        if (isToken && test.tamper) {
          const tokens = JSON.parse(body.toString('utf8')) as Record<string, unknown>
          const changed = await test.tamper(tokens, forgeOf(decodeJwt(String(tokens['id_token']))))
          body = Buffer.from(JSON.stringify(changed))
        }
        const headers = { ...answered.headers, 'content-length': String(body.length) }
        delete (headers as Record<string, unknown>)['transfer-encoding']
        response.writeHead(answered.statusCode ?? 502, headers)
        response.end(body)
      })()
    })
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })
