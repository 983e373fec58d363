import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from '../server/build/prepare.ts'
import { runProgram } from './support/run-program.ts'

/** Types, lint and format of the whole tree: `npm run lint`. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
await prepare(root, ['client'], console.log)
const types = await runProgram(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: root })
const lint = await runProgram(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '.'], { cwd: root })
process.exit(types.code || lint.code)
