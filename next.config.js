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
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ['radix-ui'] },
}

export default config
