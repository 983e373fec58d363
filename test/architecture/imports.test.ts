import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** What each part of the tree may import of the others (see CONTRIBUTING.md). Itself is always allowed. */
const law: Readonly<Record<string, readonly string[]>> = {
  'domain/model': [],
  'domain/read': ['domain/model'],
  'domain/state': ['domain/model', 'domain/read'],
  'domain/health': ['domain/model', 'domain/live'],
  'domain/placement': ['domain/model', 'domain/health'],
  'domain/history': ['domain/model', 'domain/placement', 'domain/health'],
  'domain/analysis': ['domain/model', 'domain/state', 'domain/health', 'domain/placement', 'domain/live'],
  'domain/live': ['domain/model', 'domain/state', 'domain/health', 'domain/placement', 'domain/analysis'],
  'server/build': [],
  'server/cluster': ['domain'],
  'server/history': ['domain', 'prisma'],
  'server/live': ['domain'],
  'server/api': ['domain', 'server/options.ts'],
  server: ['domain', 'demo'],
  demo: [],
  components: ['domain'],
  app: ['components', 'domain'],
}

/** Packages that only one part may use. */
const packages: Readonly<Record<string, readonly string[]>> = {
  '@kubernetes/client-node': ['server/cluster'],
  '@prisma/client': ['server/history', 'prisma', 'test'],
  'better-sqlite3': ['server/history', 'test'],
  'socket.io': ['server/live'],
  'socket.io-client': ['components/live', 'test'],
  undici: ['server/cluster', 'test'],
  react: ['components', 'app'],
  fastify: ['server/api'],
  'js-yaml': ['server/check'],
}

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

const files = globSync('{domain,server,demo,components,app}/**/*.{ts,tsx}', { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
)

function partOf(file: string): string {
  return (
    Object.keys(law)
      .filter((part) => file.startsWith(`${part}/`))
      .sort((a, b) => b.length - a.length)[0] ?? ''
  )
}

test('every import follows the river', () => {
  const broken: string[] = []
  for (const file of files) {
    const part = partOf(file)
    for (const target of imports(file)) {
      if (!target.startsWith('.')) continue
      const path = normalize(join(dirname(file), target)).replaceAll('\\', '/')
      const allowed = [part, ...(law[part] ?? [])]
      if (part === 'server' && path.startsWith('server/')) continue
      if (!allowed.some((each) => path === each || path.startsWith(`${each}/`))) broken.push(`${file} imports ${path}`)
    }
  }
  assert.deepEqual(broken, [])
})

test('packages stay in the rooms that own them', () => {
  const broken: string[] = []
  for (const file of files) {
    for (const target of imports(file)) {
      const owners = packages[target]
      if (owners && !owners.some((owner) => file === owner || file.startsWith(`${owner}/`)))
        broken.push(`${file} imports ${target}`)
    }
  }
  assert.deepEqual(broken, [])
})

test('the domain is pure: no clock, no timers, no process, no Node modules', () => {
  const broken: string[] = []
  for (const file of files.filter((each) => each.startsWith('domain/'))) {
    const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bperformance\.|\bset(?:Timeout|Interval|Immediate)\b|\bprocess\.|\bMath\.random\b|from 'node:/.exec(
        text,
      )
    if (impure) broken.push(`${file} uses ${impure[0]}`)
  }
  assert.deepEqual(broken, [])
})
