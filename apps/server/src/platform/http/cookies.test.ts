import fastifyCookie from '@fastify/cookie'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { clearHostCookie, setHostCookie } from './cookies.ts'

test('a cookie is Secure, HttpOnly and bound to this host, over whatever it is set, and when it is taken back', async () => {
  const app = Fastify()
  await app.register(fastifyCookie)
  app.get('/', (_request, reply) => {
    setHostCookie(reply, '__Host-clew_a', { value: 'x', maxAge: 60 })
    setHostCookie(reply, '__Host-clew_b', { value: 'x', maxAge: 60, sameSite: 'none' })
    // Nobody talks it out of it.
    setHostCookie(reply, '__Host-clew_c', {
      value: 'x',
      maxAge: 60,
      secure: false,
      httpOnly: false,
      path: '/x',
      domain: 'example.com',
    } as never)
    clearHostCookie(reply, '__Host-clew_d')
    return reply.send('')
  })
  const { headers } = await app.inject('/')
  const set = [headers['set-cookie']].flat().map(String)
  expect(set).toHaveLength(4)
  for (const line of set) {
    expect(line).toMatch(/^__Host-clew_[a-d]=/)
    expect(line).toMatch(/; Path=\/(;|$)/)
    expect(line).toMatch(/; HttpOnly; Secure; SameSite=(Lax|None)$/)
    expect(line).not.toMatch(/Domain/i)
  }
  await app.close()
})
