import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Access, tokenCookie } from './access.ts'
import { policyFor } from './pages.ts'

const bodySchema = z.object({ token: z.string().max(1_000) })

const page = (wrong: boolean) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Plumbline</title>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark">
<h1 style="font-size:1.25rem">Plumbline</h1>
<form method="post" action="/login"><label>Access token<br>
<input name="token" type="password" autofocus required autocomplete="current-password" style="width:100%;font:inherit;padding:.4rem"></label>
${wrong ? '<p role="alert">That is not the token this service was started with.</p>' : ''}
<p><button style="font:inherit;padding:.4rem 1rem">Open</button></p></form></body></html>`

/** The way in for browsers where a token is set: a form that leaves it in a cookie which scripts can't read. */
export function serveLogin(app: FastifyInstance, access: Access): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  )
  app.get('/login', { schema: { hide: true } }, (_request, reply) => {
    const html = page(false)
    return reply.type('text/html').header('content-security-policy', policyFor(html)).send(html)
  })
  app.post('/login', { schema: { hide: true } }, (request, reply) => {
    const body = bodySchema.safeParse(request.body)
    if (!body.success || !access.isToken(body.data.token)) {
      const html = page(true)
      return reply.code(401).type('text/html').header('content-security-policy', policyFor(html)).send(html)
    }
    const secure = request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : ''
    return reply
      .header(
        'set-cookie',
        `${tokenCookie}=${encodeURIComponent(body.data.token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000${secure}`,
      )
      .redirect('/', 303)
  })
}
