import { defineConfig } from 'prisma/config'

/** Only for `prisma generate --config prisma/prisma.config.ts`: the service names its database file itself. */
export default defineConfig({ schema: 'schema.prisma' })
