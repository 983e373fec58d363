import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/**
 * Serves the built pages. They are static, so each page's Content-Security-Policy can name the
 * exact inline scripts that Next wrote into it and allow no other.
 */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  const policies = new Map<string, string>()
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.html')) policies.set(join(folder, file), policyFor(readFileSync(join(folder, file), 'utf8')))
  }
  await app.register(fastifyStatic, {
    root: folder,
    extensions: ['html'],
    index: ['index.html'],
    cacheControl: false,
    setHeaders: (response, path) => {
      const policy = policies.get(path)
      if (policy) response.header('content-security-policy', policy)
      const forEver = path.includes(join('_next', 'static'))
      response.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // Beside pods.html Next writes a folder pods/, at which the static handler would stop.
  for (const file of policies.keys()) {
    const page = /^([a-z-]+)\.html$/.exec(relative(folder, file))?.[1]
    if (page && page !== 'index' && page !== '404') {
      app.get(`/${page}`, { schema: { hide: true } }, (_request, reply) => reply.sendFile(`${page}.html`))
    }
  }
  const notFound = join(folder, '404.html')
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api/') || !existsSync(notFound)) {
      return reply.code(404).send({ error: `there is nothing at ${request.url.slice(0, 200)}` })
    }
    return reply.code(404).sendFile('404.html')
  })
}

/** Everything from this service only; scripts inline only where their hash is known. */
export function policyFor(html: string): string {
  const hashes = new Set<string>()
  for (const [, attributes = '', script = ''] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (/\ssrc=/.test(attributes) || script === '') continue
    hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  }
  return [
    "default-src 'none'",
    `script-src 'self' ${[...hashes].join(' ')}`,
    "style-src 'self'",
    // React sets style attributes; they can't run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
