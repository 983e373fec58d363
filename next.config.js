/**
 * The interface is a static export: Next makes `out/` and has no part at run time. Types are checked
 * by `npm run check` over the whole tree, so the build doesn't do it a second time.
 *
 * @type {import('next').NextConfig}
 */
const config = {
  output: 'export',
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  images: { unoptimized: true },
  // A file of its own, because Next writes into the one it is given.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'app/tsconfig.json' },
  experimental: { optimizePackageImports: ['radix-ui'] },
}

export default config
